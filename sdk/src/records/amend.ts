import type { Context } from "../context.js";
import { toRecordId } from "../scopes/ids.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { type RecordAmended, recordEvents } from "./events.js";
import { CONTENT_KEYS, type ContentInput, locatorOf, prepareContent, type PreparedContent } from "./toRegistration.js";

/** A new version of a record. */
export interface AmendParams extends ContentInput {
  /** The record's id. */
  record: string;
}

/**
 * Puts a new content in a record's place: the next version, with a salt of its own.
 *
 * @returns the transaction, and the version's hash and salt: keep the salt beside the content
 * @throws InvalidRecordIdError, InvalidParameterError before anything is sent
 * @throws RecordUnknownError, NotContributorError, TooManyVersionsError
 * @throws NoSignerError if nobody can sign
 * @example
 * const { salt, events } = await consentry.records.amend({ record, content: corrected });
 * console.log(events[0]?.version); // 2
 */
export async function amend(
  context: Context,
  params: AmendParams,
): Promise<WriteResult<RecordAmended> & PreparedContent> {
  const { to, data, ...content } = await amendRequest(context, params);
  const result = await send(context, { to, data }, (logs) =>
    recordEvents(context, logs).filter((event) => event.type === "RecordAmended"),
  );
  return { ...result, ...content };
}

/** Builds the transaction of {@link amend} without sending it. */
export async function amendRequest(
  context: Context,
  params: AmendParams,
): Promise<UnsignedTransaction & PreparedContent> {
  onlyKeys(params, ["record", ...CONTENT_KEYS]);
  const prepared = prepareContent(params, toRecordId(params.record), "");
  const { record, contentHash } = prepared;
  const populated = context.records.amend.populateTransaction(record, contentHash, locatorOf(params, ""));
  return { ...(await unsigned(populated)), ...prepared };
}
