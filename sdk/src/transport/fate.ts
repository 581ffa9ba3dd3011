import type { ConsentryError } from "../errors/base.js";
import { NetworkError, RpcError, TimeoutError, UnreadableAnswerError } from "../errors/chain.js";
import { textOf } from "../errors/toConsentryError.js";

const UNREACHED = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/m;

/** Every error that a node or a wallet answers has a number. */
const ANSWERED = /^-?\d+$/m;

/** Whether a transaction may have been taken by a node that failed like this. */
export function isDoubtful(error: ConsentryError): boolean {
  if (error instanceof NetworkError) return !UNREACHED.test(textOf(error));
  if (error instanceof RpcError) return !ANSWERED.test(textOf(error));
  return error instanceof TimeoutError || error instanceof UnreadableAnswerError;
}
