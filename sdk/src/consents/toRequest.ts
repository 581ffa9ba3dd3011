import { actionsToBits } from "../codes/actions.js";
import { categoriesToBits } from "../codes/categories.js";
import { requestedPurpose } from "../codes/families.js";
import { purposesToBits } from "../codes/purposes.js";
import type { Action, Category, CodeInput, Purpose } from "../codes/types.js";
import type { Question } from "../decisions/hearing.js";
import { NO_ID, toProgrammeId, toRecordId } from "../scopes/ids.js";
import { toAddress, toParty } from "../values/address.js";
import { noNearMiss, onlyKeys } from "../values/keys.js";
import { nonEmpty, oneCode } from "../values/lists.js";

/** For what, and what for. */
export interface PurposeAndAction {
  /** One name, HL7 code or coding. */
  purpose: CodeInput<Purpose>;
  /** One name, HL7 code or coding; `access` if left out. */
  action?: CodeInput<Action> | undefined;
  /** The programme in which it is asked, by its id. */
  programme?: string | undefined;
}

/** A question: may `grantee` do `action` with data of these categories, for `purpose`? */
export interface DecideParams extends PurposeAndAction {
  patient: string;
  /** Who asks: an address. */
  grantee: string;
  /** Every category of the data; all must be covered. */
  categories: readonly CodeInput<Category>[];
  /** The record in question, by its id. To release one that is registered, ask `records.decide`. */
  record?: string | undefined;
}

const PURPOSE_AND_ACTION_KEYS = [
  "purpose",
  "action",
  "programme",
] as const satisfies readonly (keyof PurposeAndAction)[];

/** Checks a question and puts it into bits. */
export function toRequest(params: DecideParams): Question {
  onlyKeys(params, ["patient", "grantee", "categories", "record", ...PURPOSE_AND_ACTION_KEYS]);
  const { patient, grantee, categories, record, ...asked } = params;
  return {
    patient: toAddress(patient, "patient"),
    grantee: toParty(grantee, "grantee"),
    record: record === undefined ? NO_ID : toRecordId(record),
    categories: categoriesToBits(nonEmpty(categories, "categories")),
    ...toPurposeAndAction(asked),
  };
}

/** One purpose bit and one action bit, and the programme; what else the parameters hold is for the caller to check. */
export function toPurposeAndAction(params: PurposeAndAction): { purpose: bigint; action: bigint; programme: string } {
  noNearMiss(params, PURPOSE_AND_ACTION_KEYS);
  const { purpose, action = "access", programme } = params;
  return {
    purpose: purposesToBits([requestedPurpose(oneCode(purpose, "purpose"))]),
    action: actionsToBits([oneCode(action, "action")]),
    programme: toProgrammeId(programme),
  };
}
