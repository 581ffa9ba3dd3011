import { AbiCoder, dataSlice, isHexString } from "ethers";
import { ConsentryError } from "./base.js";
import {
  InsufficientFundsError,
  NetworkError,
  NonceError,
  RateLimitedError,
  RpcError,
  TimeoutError,
  UnknownRevertError,
  UnreadableAnswerError,
  UserRejectedError,
} from "./chain.js";
import { NoSignerError } from "./connection.js";
import { decodeContractError } from "./contract/index.js";
import { OutOfGasError } from "./sending.js";

const MAX_DEPTH = 8;
const REVERT = "0x08c379a0";
const PANIC = "0x4e487b71";

/** What a failure looks like to ethers, to wallets, to nodes and to Hardhat; the first that fits. */
const kinds: readonly [looksLike: RegExp, type: new (cause: unknown) => ConsentryError][] = [
  [/^(ACTION_REJECTED|4001|5000)$|user (rejected|denied)/im, UserRejectedError],
  [/^INSUFFICIENT_FUNDS$|insufficient funds|doesn't have enough funds/im, InsufficientFundsError],
  [/^(NONCE_EXPIRED|REPLACEMENT_UNDERPRICED)$|nonce (is )?too low|replacement transaction underpriced/im, NonceError],
  [/\bout of gas\b|intrinsic gas too low/im, OutOfGasError],
  [/^HPE_|response body is not valid|is not valid JSON|unexpected (token|end of) .*JSON/im, UnreadableAnswerError],
  [/^(ECONN\w*|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|EPIPE|NETWORK_ERROR|SERVER_ERROR|4900|4901)$/m, NetworkError],
  [/provider destroyed|fetch failed|failed to fetch|socket hang up|connection refused|network error/im, NetworkError],
  [/^UNSUPPORTED_OPERATION$/m, NoSignerError],
];
const timedOut = /^(TIMEOUT|ETIMEDOUT|UND_ERR_\w*TIMEOUT)$|timed? ?out/im;
const tooMany =
  /^429$|too many requests|rate.?limit|(request|call)s? (count|limit) exceeded|exceeded .*(compute units|per second|retry limit)/im;
/** A code that some nodes use for the former, and others for a query that finds too much. */
const limit = /^-32005$/m;
const tooMuch = /result|block|range|\blogs?\b|size/i;
const reverted = /^CALL_EXCEPTION$|revert/im;

/**
 * The typed error of whatever a node, a wallet or ethers threw.
 *
 * @param error from a call, an estimate, a transaction; wrapped as deep as may be
 */
export function toConsentryError(error: unknown): ConsentryError {
  if (error instanceof ConsentryError) return error;
  const chain = layersOf(error, 0);
  const data = chain.map(revertDataOf).find((each) => each !== undefined);
  if (data !== undefined && data !== "0x") return revertError(data, error);
  const signs = chain.flatMap(signsOf).join("\n");
  if (isTooMany(signs)) return new RateLimitedError(error);
  if (timedOut.test(signs)) return new TimeoutError(undefined, error);
  const type = kinds.find(([looksLike]) => looksLike.test(signs))?.[1];
  if (type !== undefined) return new type(error);
  return data !== undefined || reverted.test(signs) ? revertError("0x", error) : new RpcError(error);
}

function isTooMany(signs: string): boolean {
  return tooMany.test(signs) || (limit.test(signs) && !tooMuch.test(signs));
}

/** The typed error of revert data. */
export function revertError(data: string, cause?: unknown): ConsentryError {
  const known = decodeContractError(data, cause);
  return known ?? new UnknownRevertError(data, reasonIn(data), cause);
}

function reasonIn(data: string): string | undefined {
  try {
    if (data.startsWith(REVERT)) return String(AbiCoder.defaultAbiCoder().decode(["string"], dataSlice(data, 4))[0]);
    if (data.startsWith(PANIC)) return `panic 0x${BigInt(dataSlice(data, 4)).toString(16)}`;
  } catch {
    return undefined;
  }
  return undefined;
}

/** All that an error says, codes and messages, each on a line of its own. */
export function textOf(error: unknown): string {
  return layersOf(error, 0).flatMap(signsOf).join("\n");
}

/** The error and everything that it wraps, the outermost first. */
function layersOf(error: unknown, depth: number): Record<string, unknown>[] {
  if (typeof error !== "object" || error === null || depth > MAX_DEPTH) return [];
  const layer = error as Record<string, unknown>;
  const inner = [layer["error"], layer["info"], layer["data"], layer["cause"], layer["originalError"]];
  return [layer, ...inner.flatMap((each) => layersOf(each, depth + 1))];
}

function revertDataOf({ data }: Record<string, unknown>): string | undefined {
  return typeof data === "string" && isHexString(data) ? data : undefined;
}

function signsOf(layer: Record<string, unknown>): string[] {
  if (isGuess(layer)) return [];
  return [layer["code"], layer["shortMessage"], layer["message"]]
    .filter((sign) => typeof sign === "string" || typeof sign === "number")
    .map(String);
}

/** Ethers takes whatever a node answers to a call for a revert; what the node said stands below. */
function isGuess({ code, info }: Record<string, unknown>): boolean {
  return code === "CALL_EXCEPTION" && typeof info === "object" && info !== null && "error" in info;
}
