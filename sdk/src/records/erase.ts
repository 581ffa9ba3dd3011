import type { Context } from "../context.js";
import { toRecordId } from "../scopes/ids.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { type RecordErased, recordEvents } from "./events.js";

/** Which record to forget. */
export interface EraseParams {
  /** The record's id. */
  record: string;
}

/**
 * Forgets a record's patient, categories and hash; its id is never used again. Destroy content and salt, too: then what
 * stays on the chain relates to no one.
 *
 * @throws InvalidRecordIdError before anything is sent
 * @throws RecordUnknownError, NotContributorError
 * @throws NoSignerError if nobody can sign
 * @example
 * await consentry.records.erase({ record });
 * await store.delete(record);
 */
export async function erase(context: Context, params: EraseParams): Promise<WriteResult<RecordErased>> {
  return send(context, await eraseRequest(context, params), (logs) =>
    recordEvents(context, logs).filter((event) => event.type === "RecordErased"),
  );
}

/** Builds the transaction of {@link erase} without sending it. */
export async function eraseRequest({ records }: Context, params: EraseParams): Promise<UnsignedTransaction> {
  onlyKeys(params, ["record"]);
  return unsigned(records.erase.populateTransaction(toRecordId(params.record)));
}
