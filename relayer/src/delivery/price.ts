import type { FeeData, Transaction, TransactionLike } from "ethers";

/** What may be paid for a transaction, and when more is offered. */
export interface Pricing {
  /** The most that is offered for a unit of gas, in wei. */
  ceiling: bigint;
  /** After how many seconds more is offered for what was not mined while blocks were. */
  raiseAfter: number;
}

const GWEI = 1_000_000_000n;

export const USUAL_PRICING: Pricing = { ceiling: 500n * GWEI, raiseAfter: 60 };

/** What is offered for a unit of gas, in wei. */
export interface Price {
  /** At most, for everything. */
  max: bigint;
  /** Of which for who mines it. */
  tip: bigint;
  /** Whether the chain knows one price only, so that both are the same. */
  isLegacy: boolean;
}

/** What a node asks for now, up to the ceiling; nothing where gas is free. */
export function priceOf({ gasPrice, maxFeePerGas, maxPriorityFeePerGas }: FeeData, ceiling: bigint): Price {
  if (maxFeePerGas === null || maxPriorityFeePerGas === null) {
    const price = least(gasPrice ?? 0n, ceiling);
    return { max: price, tip: price, isLegacy: true };
  }
  // Ethers doubles the base fee, and proposes a tip even where the node asks for nothing.
  const max = gasPrice === 0n ? 0n : least(maxFeePerGas, ceiling);
  return { max, tip: least(maxPriorityFeePerGas, max), isLegacy: false };
}

/**
 * More than was offered, by an eighth at least and by as much as is asked for now; undefined where gas is free, or if that
 * would be above the ceiling.
 */
export function raised(old: Price, now: Price, ceiling: bigint): Price | undefined {
  if (now.max === 0n) return undefined;
  const [max, tip] = [greatest(more(old.max), least(now.max, ceiling)), greatest(more(old.tip), now.tip)];
  const isTooMuch = max > ceiling || more(old.tip) > max;
  return isTooMuch ? undefined : { max, tip: least(tip, max), isLegacy: now.isLegacy };
}

/** As a transaction has it. */
export function feesOf({ max, tip, isLegacy }: Price): TransactionLike {
  return isLegacy ? { type: 0, gasPrice: max } : { type: 2, maxFeePerGas: max, maxPriorityFeePerGas: tip };
}

/** What a transaction offers. */
export function offeredBy({ type, gasPrice, maxFeePerGas, maxPriorityFeePerGas }: Transaction): Price {
  const isLegacy = type === 0;
  const max = (isLegacy ? gasPrice : maxFeePerGas) ?? 0n;
  return { max, tip: (isLegacy ? gasPrice : maxPriorityFeePerGas) ?? 0n, isLegacy };
}

/** 12.5 % more, rounded up: nodes want a tenth, of the tip too. */
function more(fee: bigint): bigint {
  return fee + fee / 8n + 1n;
}

function least(a: bigint, b: bigint): bigint {
  return a < b ? a : b;
}

function greatest(a: bigint, b: bigint): bigint {
  return a > b ? a : b;
}
