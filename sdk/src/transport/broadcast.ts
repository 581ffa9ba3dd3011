import { keccak256 } from "ethers";
import type { ConsentryError } from "../errors/base.js";
import { RateLimitedError, UnreadableAnswerError } from "../errors/chain.js";
import { UnknownOutcomeError } from "../errors/sending.js";
import { textOf, toConsentryError } from "../errors/toConsentryError.js";
import { hashIn } from "./answers.js";
import { isDoubtful } from "./fate.js";
import { rest } from "./persistent.js";
import { transactionOf } from "./transactions.js";
import type { Transport } from "./transport.js";

const FIRST_WAIT = 100;
const LONGEST_WAIT = 2_000;

/** In Geth, Erigon, Nethermind, Besu, anvil and Hardhat. */
const TAKEN = /already ?known|known transaction|already (imported|exists|in (the )?(mem)?pool)/im;

/**
 * Hands a signed transaction to the node. Where its answer is lost, the very same bytes are handed over again, which are
 * mined once at most, until it is certain that the node has them.
 *
 * @param milliseconds for how long
 * @throws UnknownOutcomeError if it does not become certain; every other error tells that it was not sent
 */
export async function broadcast(transport: Transport, signed: string, milliseconds: number): Promise<void> {
  const hash = keccak256(signed);
  const end = Date.now() + milliseconds;
  let doubt: ConsentryError | undefined;
  for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    const failure = await handOver(transport, signed, hash);
    if (failure === undefined) return;
    if (isDoubtful(failure)) doubt = failure;
    if (doubt === undefined && !(failure instanceof RateLimitedError)) throw failure;
    if (doubt !== undefined && (await isThere(transport, hash))) return;
    const pause = failure instanceof RateLimitedError ? (failure.retryAfter ?? wait) : wait;
    if (await rest(pause, end)) continue;
    throw doubt === undefined ? failure : new UnknownOutcomeError(hash, doubt);
  }
}

/** Why it is not certain that the node has it; undefined if it is. */
async function handOver(transport: Transport, signed: string, hash: string): Promise<ConsentryError | undefined> {
  try {
    const answer = await transport.ask("eth_sendRawTransaction", [signed], hashIn);
    if (answer.toLowerCase() === hash) return undefined;
    return new UnreadableAnswerError(new TypeError("The node answered the hash of another transaction."));
  } catch (cause) {
    const error = toConsentryError(cause);
    return TAKEN.test(textOf(error)) ? undefined : error;
  }
}

/** False also where it can't be told. */
async function isThere(transport: Transport, hash: string): Promise<boolean> {
  return transactionOf(transport, hash).then(
    (found) => found !== undefined,
    () => false,
  );
}
