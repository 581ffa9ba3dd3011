import { categoriesToBits } from "../codes/categories.js";
import type { Category, CodeInput } from "../codes/types.js";
import type { Context } from "../context.js";
import { toRecordId } from "../scopes/ids.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { onlyKeys } from "../values/keys.js";
import { nonEmpty } from "../values/lists.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { type LabelsAdded, recordEvents } from "./events.js";

/** Which categories a record carries from now on, too. */
export interface AddLabelsParams {
  /** The record's id. */
  record: string;
  /** Names or HL7 codes. */
  categories: readonly CodeInput<Category>[];
}

/**
 * Adds categories to a record. Taking one away is `erase` and `register`.
 *
 * @returns the transaction and all categories of the record; no events if it carries them already
 * @throws UnknownCodeError, InvalidRecordIdError, InvalidParameterError before anything is sent
 * @throws RecordUnknownError, NotContributorError
 * @throws NoSignerError if nobody can sign
 * @example
 * await consentry.records.addLabels({ record, categories: ["PSY"] });
 */
export async function addLabels(context: Context, params: AddLabelsParams): Promise<WriteResult<LabelsAdded>> {
  return send(context, await addLabelsRequest(context, params), (logs) =>
    recordEvents(context, logs).filter((event) => event.type === "LabelsAdded"),
  );
}

/** Builds the transaction of {@link addLabels} without sending it. */
export async function addLabelsRequest({ records }: Context, params: AddLabelsParams): Promise<UnsignedTransaction> {
  onlyKeys(params, ["record", "categories"]);
  const { record, categories } = params;
  const bits = categoriesToBits(nonEmpty(categories, "categories"));
  return unsigned(records.addLabels.populateTransaction(toRecordId(record), bits));
}
