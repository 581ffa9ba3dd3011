import { familyOf } from "../codes/families.js";
import { toPurpose } from "../codes/purposes.js";
import type { CodeInput, Purpose } from "../codes/types.js";
import { addressOrSender, type Context } from "../context.js";
import { InvalidParameterError } from "../errors/input.js";
import { toProgrammeId, toRecordId } from "../scopes/ids.js";
import { describeScope, EMERGENCY_SCOPE, familyScope, GENERAL_SCOPE } from "../scopes/scope.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { ANY_PROVIDER, toAddress } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { nonEmpty, oneCode } from "../values/lists.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { consentEvents, type ConsentRevoked } from "./events.js";
import type { Place } from "./stamps.js";
import type { OfPatient } from "./types.js";

/** What is taken back: all of a grantee, or one family of purposes, record, programme or break-glass; or a record from everyone. */
export interface RevocationInput {
  /** An address or `ANY_PROVIDER`; may be left out with `record`, to hide the record from everyone. */
  grantee?: string | undefined;
  /** The root of a family, as TREAT; or BTG: what break-glass opened. */
  purpose?: CodeInput<Purpose> | undefined;
  /** A record id. */
  record?: string | undefined;
  /** A programme id. */
  programme?: string | undefined;
}

const REVOCATION_KEYS = [
  "grantee",
  "purpose",
  "record",
  "programme",
] as const satisfies readonly (keyof RevocationInput)[];

/** One withdrawal, or several at once. */
export type RevokeParams = {
  /** The patient; whoever signs if left out. */
  patient?: string | undefined;
} & (RevocationInput | { revocations: readonly RevocationInput[] });

/**
 * Withdraws: leaves a refusal whether there was a consent or not.
 *
 * - `{ grantee }` withdraws from a provider altogether: every grant to it said before is dead, but not break-glass;
 * - `{ grantee, purpose }` one family of purposes, `{ grantee, programme }` one programme;
 * - `{ grantee, purpose: "BTG" }` ends what break-glass opened; the provider can't open it again for a while;
 * - `{ grantee, record }` hides a record from it, `{ record }` from everyone.
 *
 * The patient is the signer unless `patient` names another.
 *
 * @returns the transaction, for which patient, and the refusals, with their times
 * @throws InvalidAddressError, InvalidParameterError, InvalidRecordIdError, UnknownCodeError before anything is sent
 * @throws NotSpeakerForError if the signer does not speak for the patient
 * @throws NoSignerError if nobody can sign
 * @example
 * await consentry.consents.revoke({ grantee }); // the very next decide() is refused: Revoked
 */
export async function revoke(context: Context, params: RevokeParams): Promise<WriteResult<ConsentRevoked> & OfPatient> {
  const { patient, ...transaction } = await build(context, params);
  const result = await send(context, transaction, (logs) =>
    consentEvents(context, logs).filter((event) => event.type === "ConsentRevoked"),
  );
  return { ...result, patient };
}

/** Builds the transaction of {@link revoke} without sending it. */
export async function revokeRequest(context: Context, params: RevokeParams): Promise<UnsignedTransaction> {
  const { to, data } = await build(context, params);
  return { to, data };
}

async function build(context: Context, params: RevokeParams): Promise<UnsignedTransaction & OfPatient> {
  const { patient, revocations } = await prepareRevoke(context, params);
  return { ...(await unsigned(context.consents.revoke.populateTransaction(patient, revocations))), patient };
}

/** Checks everything of a withdrawal that can be checked before it is sent. */
export async function prepareRevoke(
  context: Context,
  params: RevokeParams,
): Promise<OfPatient & { revocations: Place[] }> {
  const revocations = revocationsOf(params);
  return { patient: await addressOrSender(context, params.patient, "patient"), revocations };
}

/** What is taken back, checked. */
export function revocationsOf(params: RevokeParams): Place[] {
  if (!hasSeveral(params)) {
    onlyKeys(params, [...REVOCATION_KEYS, "patient", "revocations"]);
    return [revocationOf(params, "")];
  }
  onlyKeys(params, ["revocations", "patient"]);
  return nonEmpty(params.revocations, "revocations").map((input, i) => {
    onlyKeys(input, REVOCATION_KEYS, `revocations[${i}].`);
    return revocationOf(input, `revocations[${i}].`);
  });
}

type Several = Extract<RevokeParams, { revocations: unknown }>;

function hasSeveral(params: RevokeParams): params is Several {
  return (params as Partial<Several> | undefined | null)?.revocations !== undefined;
}

function revocationOf(input: RevocationInput, path: string): Place {
  const revocation = { grantee: granteeOf(input, path), scope: scopeOf(input, path) };
  if (revocation.grantee === ANY_PROVIDER) requireHeard(revocation.scope, path);
  return revocation;
}

/** No decision reads what is said to ANY_PROVIDER about break-glass or in a programme: a refusal there would only seem to be one. */
function requireHeard(scope: string, path: string): void {
  const { kind } = describeScope(scope);
  if (kind !== "emergency" && kind !== "programme") return;
  const hint =
    kind === "emergency" ? "Exclude categories from break-glass." : "Withdraw from each provider of the programme.";
  throw new InvalidParameterError(`${path}grantee`, "one provider", hint);
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
  const purpose = toPurpose(oneCode(input, `${path}purpose`));
  const family = familyOf(purpose);
  if (family === undefined) return EMERGENCY_SCOPE;
  if (family === purpose) return familyScope(family);
  throw new InvalidParameterError(
    `${path}purpose`,
    "the root of a family of purposes",
    `Withdraw all of ${family}, or grant ${family} again without ${purpose}.`,
  );
}
