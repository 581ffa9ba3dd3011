import type { Context } from "../context.js";
import { outcomeIn, type RawOutcome } from "../decisions/decision.js";
import { NetworkError, RateLimitedError, TimeoutError } from "../errors/chain.js";
import { WrongChainError } from "../errors/connection.js";
import type { Child, Position, Run } from "../transport/types.js";
import { toWords, wordsIn } from "../values/words.js";
import { positionsOf, type ReadBlock } from "./blockOf.js";
import { type ReadOptions, toReadOptions } from "./options.js";

/** A question through a lens: contracts/lenses/Lens.sol. */
export interface LensQuestion {
  /** The lens. */
  bytecode: string;
  /** What its constructor takes, all of it of fixed width. */
  args: readonly (bigint | string)[];
}

/** What a lens saw. */
export interface Seen {
  outcome: RawOutcome;
  /** The word that decided, or 0. */
  word: bigint;
  block: ReadBlock;
}

const WORDS = 8;

/** What asking step by step would meet, too. */
const FINAL = [NetworkError, RateLimitedError, TimeoutError, WrongChainError];

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
    if (FINAL.some((type) => error instanceof type)) throw error;
    transport.lenses = false;
    return undefined;
  }
}

function codeOf({ bytecode, args }: LensQuestion): string {
  return bytecode + toWords(...args);
}

/** Undefined unless it was seen at the block that the node names, and that block holds the positions. */
function seenIn({ result, head, blocks }: Run, positions: readonly Position[], expected: number): Seen | undefined {
  const words = wordsIn(result);
  if (words.length !== WORDS) throw new TypeError("The node returned something else than the lens's answer.");
  const [chainId, number, timestamp, parentHash, ...told] = words;
  if (Number(chainId) !== expected) throw new WrongChainError(expected, Number(chainId));
  if (head === undefined || !isOf(head, { number, timestamp, parentHash })) return undefined;
  const holds = positions.every(({ blockNumber, blockHash }, i) => {
    return blockNumber <= head.number && blocks[i]?.hash === blockHash;
  });
  if (!holds) return undefined;
  return { outcome: outcomeIn(told), word: BigInt(told[3] ?? 0), block: { ...head, past: undefined } };
}

function isOf(block: Child, { number, timestamp, parentHash = "" }: Record<string, string | undefined>): boolean {
  const { number: own, timestamp: time, parentHash: parent } = block;
  return Number(number) === own && Number(timestamp) === time && parentHash.toLowerCase() === parent.toLowerCase();
}
