import { actionsToBits } from "../codes/actions.js";
import { categoriesToBits } from "../codes/categories.js";
import { requestedPurpose } from "../codes/families.js";
import { purposesToBits } from "../codes/purposes.js";
import type { Action, Category, CodeInput, Purpose } from "../codes/types.js";
import type { IConsentRegistry } from "../generated/contracts/contracts/interfaces/IConsentRegistry.js";
import { NO_ID, toProgrammeId, toRecordId } from "../scopes/ids.js";
import { toAddress, toParty } from "../values/address.js";
import { nonEmpty } from "../values/lists.js";

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

/** A question as the contract takes it. */
export type Request = IConsentRegistry.RequestStruct;

/** Checks a question and puts it into bits. */
export function toRequest({ patient, grantee, categories, record, ...asked }: DecideParams): Request {
  return {
    patient: toAddress(patient, "patient"),
    grantee: toParty(grantee, "grantee"),
    record: record === undefined ? NO_ID : toRecordId(record),
    categories: categoriesToBits(nonEmpty(categories, "categories")),
    ...toPurposeAndAction(asked),
  };
}

/** One purpose bit and one action bit, and the programme. */
export function toPurposeAndAction({ purpose, action = "access", programme }: PurposeAndAction): {
  purpose: bigint;
  action: bigint;
  programme: string;
} {
  return {
    purpose: purposesToBits([requestedPurpose(purpose)]),
    action: actionsToBits([action]),
    programme: toProgrammeId(programme),
  };
}
