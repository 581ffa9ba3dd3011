import { familyOf } from "../codes/families.js";
import { toPurpose } from "../codes/purposes.js";
import type { CodeInput, Purpose } from "../codes/types.js";
import { addressOrSender, type Context } from "../context.js";
import { InvalidParameterError } from "../errors/input.js";
import { toProgrammeId, toRecordId } from "../scopes/ids.js";
import { familyScope, GENERAL_SCOPE } from "../scopes/scope.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { ANY_PROVIDER, toAddress } from "../values/address.js";
import { nonEmpty } from "../values/lists.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { consentEvents, type ConsentRevoked } from "./events.js";

/** What is taken back: all of a grantee, or its one family of purposes, record or programme; or a record from everyone. */
export interface RevocationInput {
  /** An address or `ANY_PROVIDER`; may be left out with `record`, to hide the record from everyone. */
  grantee?: string | undefined;
  /** The root of a family, as TREAT. */
  purpose?: CodeInput<Purpose> | undefined;
  /** A record id. */
  record?: string | undefined;
  /** A programme id. */
  programme?: string | undefined;
}

/** One withdrawal, or several at once. */
export type RevokeParams = {
  /** The patient; whoever signs if left out. */
  patient?: string | undefined;
} & (RevocationInput | { revocations: readonly RevocationInput[] });

/**
 * Withdraws: leaves a refusal whether there was a consent or not.
 *
 * - `{ grantee }` withdraws from a provider altogether: every grant to it said before is dead;
 * - `{ grantee, purpose }` one family of purposes, `{ grantee, programme }` one programme;
 * - `{ grantee, record }` hides a record from it, `{ record }` from everyone.
 *
 * @returns the transaction and the refusals, with their times
 * @throws InvalidAddressError, InvalidParameterError, InvalidRecordIdError, UnknownCodeError before anything is sent
 * @throws NotSpeakerForError if the signer does not speak for the patient
 * @throws NoSignerError if nobody can sign
 * @example
 * await consentry.consents.revoke({ grantee }); // the very next decide() is refused: Revoked
 */
export async function revoke(context: Context, params: RevokeParams): Promise<WriteResult<ConsentRevoked>> {
  return send(context, await revokeRequest(context, params), (logs) =>
    consentEvents(context, logs).filter((event) => event.type === "ConsentRevoked"),
  );
}

/** Builds the transaction of {@link revoke} without sending it. */
export async function revokeRequest(context: Context, params: RevokeParams): Promise<UnsignedTransaction> {
  const inputs = "revocations" in params ? nonEmpty(params.revocations, "revocations") : [params];
  const path = (i: number): string => ("revocations" in params ? `revocations[${i}].` : "");
  const revocations = inputs.map((input, i) => ({
    grantee: granteeOf(input, path(i)),
    scope: scopeOf(input, path(i)),
  }));
  const patient = await addressOrSender(context, params.patient, "patient");
  return unsigned(context.consents.revoke.populateTransaction(patient, revocations));
}

function granteeOf({ grantee, record }: RevocationInput, path: string): string {
  return grantee === undefined && record !== undefined ? ANY_PROVIDER : toAddress(grantee, `${path}grantee`);
}

function scopeOf({ purpose, record, programme }: RevocationInput, path: string): string {
  if ([purpose, record, programme].filter((each) => each !== undefined).length > 1) {
    throw new InvalidParameterError(
      `${path}purpose`,
      "alone",
      "Withdraw each of purpose, record and programme for itself.",
    );
  }
  if (record !== undefined) return toRecordId(record);
  if (programme !== undefined) return toProgrammeId(programme, `${path}programme`);
  return purpose === undefined ? GENERAL_SCOPE : scopeOfRoot(purpose, path);
}

function scopeOfRoot(input: CodeInput<Purpose>, path: string): string {
  const purpose = toPurpose(input);
  const family = familyOf(purpose);
  if (family !== undefined && family === purpose) return familyScope(family);
  throw new InvalidParameterError(
    `${path}purpose`,
    "the root of a family of purposes",
    family === undefined
      ? "There is nothing granted to withdraw for break-glass."
      : `Withdraw all of ${family}, or grant ${family} again without ${purpose}.`,
  );
}
