import { getAddress, zeroPadValue } from "ethers";
import type { Context } from "../context.js";
import type { RawOutcome } from "../decisions/decision.js";
import { NetworkError, TimeoutError } from "../errors/chain.js";
import { WrongChainError } from "../errors/connection.js";
import type { Position, Run } from "../transport/types.js";
import { positionsOf, type ReadBlock } from "./blockOf.js";
import { type ReadOptions, toReadOptions } from "./options.js";

/** A decision through a lens: docs of `contracts/lenses/Lens.sol`. */
export interface LensQuestion {
  /** The lens, whose constructor takes the contract and then what the function takes, none of it of variable length. */
  bytecode: string;
  /** The contract. */
  to: string;
  /** The call of the function. */
  data: string;
}

/** What a lens saw. */
export interface Seen {
  outcome: RawOutcome;
  /** The word that decided, or 0. */
  word: bigint;
  block: ReadBlock;
}

const SELECTOR = 10;
const WORD = 64;
const WORDS = 8;

/**
 * Asks at the newest block, in one message to the node.
 *
 * @returns undefined where it can't be told for sure, or the past is asked for: ask step by step then
 * @throws InvalidParameterError, InvalidDateError about the options
 * @throws WrongChainError, NetworkError, TimeoutError
 */
export async function throughLens(
  context: Context,
  question: LensQuestion,
  options?: ReadOptions,
): Promise<Seen | undefined> {
  const { at, atLeast } = toReadOptions(options);
  const { transport, deployment } = context;
  if (typeof at !== "string" || !transport.lenses) return undefined;
  const positions = positionsOf(transport, atLeast);
  try {
    const numbers = positions.map(({ blockNumber }) => blockNumber);
    return seenIn(await transport.run(codeOf(question), at, numbers), positions, deployment.chainId);
  } catch (error) {
    if (error instanceof NetworkError || error instanceof TimeoutError || error instanceof WrongChainError) throw error;
    transport.lenses = false;
    return undefined;
  }
}

function codeOf({ bytecode, to, data }: LensQuestion): string {
  return `${bytecode}${zeroPadValue(to, 32).slice(2)}${data.slice(SELECTOR)}`;
}

/** Undefined unless it was seen at the block that the node names, and that block holds the positions. */
function seenIn({ result, head, blocks }: Run, positions: readonly Position[], expected: number): Seen | undefined {
  const words = wordsIn(result);
  const [chainId, number, timestamp, parentHash, decision, holder, scope, word] = words;
  if (Number(chainId) !== expected) throw new WrongChainError(expected, Number(chainId));
  const sameBlock =
    head !== undefined &&
    BigInt(number) === BigInt(head.number) &&
    BigInt(timestamp) === BigInt(head.timestamp) &&
    parentHash === head.parentHash.toLowerCase();
  const holds = positions.every(({ blockNumber, blockHash }, i) => {
    return head !== undefined && blockNumber <= head.number && blocks[i]?.hash === blockHash;
  });
  if (!sameBlock || !holds) return undefined;
  return {
    outcome: { decision: BigInt(decision), holder: getAddress(`0x${holder.slice(-40)}`), scope },
    word: BigInt(word),
    block: { ...head, past: undefined },
  };
}

type Words = [string, string, string, string, string, string, string, string];

function wordsIn(result: string): Words {
  if (result.length !== 2 + WORDS * WORD)
    throw new TypeError("The node returned something else than the lens's answer.");
  return Array.from(
    { length: WORDS },
    (_, i) => `0x${result.slice(2 + i * WORD, 2 + (i + 1) * WORD).toLowerCase()}`,
  ) as Words;
}
