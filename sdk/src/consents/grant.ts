import { ZeroHash } from "ethers";
import { addressOrSender, type Context } from "../context.js";
import { ConditionalWithoutDocumentError } from "../errors/contract/consents.js";
import { InvalidParameterError } from "../errors/input.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toBoolean } from "../values/booleans.js";
import { toBytes32 } from "../values/bytes.js";
import { onlyKeys } from "../values/keys.js";
import { nonEmpty } from "../values/lists.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { consentEvents, type ConsentGranted } from "./events.js";
import { clearShadows } from "./shadow.js";
import { prepareGrants, type PreparedGrant, toContractGrant } from "./toGrant.js";
import { CONSENT_KEYS, type ConsentInputs, GRANT_OPTION_KEYS, type GrantParams, type OfPatient } from "./types.js";

/**
 * Sets or replaces consents of a patient; each replaces what the patient said before to that grantee in that scope.
 *
 * Purposes of one family go into that family's scope, a mix into the GENERAL scope, a record's or a programme's consent
 * into its own. What is in the GENERAL scope starts at once: a mix with `from` becomes a grant for each family, in its own
 * scope. Before a GENERAL grant the scopes of the families that it touches are checked for older refusals.
 *
 * The patient is the signer unless `patient` names another: a clinic that enters a patient's consent must name the patient.
 *
 * @param params one consent or `{ grants: [...] }`; dates, unix seconds, names or HL7 codes
 * @returns the transaction, for which patient, and what was granted; no events if nothing changed
 * @throws UnknownCodeError, InvalidAddressError, InvalidDateError, InvalidParameterError before anything is sent
 * @throws StartNotGrantableError if `scope` is `"general"` and there is a `from`
 * @throws ShadowedByRefusalError if an older refusal would outlast the grant, unless `clear`
 * @throws NotSpeakerForError, AlreadyExpiredError, TooSoonError and the other errors of the contract
 * @throws NoSignerError if nobody can sign
 * @example
 * const { events } = await consentry.consents.grant({
 *   grantee,
 *   categories: ["LABS", "MEDICATIONS"],
 *   purposes: ["TREAT"],
 *   actions: ["access"],
 *   until: "2027-01-01",
 * });
 * console.log(events[0]?.terms.until); // 2027-01-02T00:00:00.000Z
 */
export async function grant(context: Context, params: GrantParams): Promise<WriteResult<ConsentGranted> & OfPatient> {
  const { patient, ...transaction } = await build(context, params);
  const result = await send(context, transaction, (logs) =>
    consentEvents(context, logs).filter((event) => event.type === "ConsentGranted"),
  );
  return { ...result, patient };
}

/** Builds the transaction of {@link grant} without sending it. */
export async function grantRequest(context: Context, params: GrantParams): Promise<UnsignedTransaction> {
  const { to, data } = await build(context, params);
  return { to, data };
}

async function build(context: Context, params: GrantParams): Promise<UnsignedTransaction & OfPatient> {
  const { patient, grants, evidence } = await prepareGrant(context, params);
  const populated = context.consents.grant.populateTransaction(patient, grants.map(toContractGrant), evidence);
  return { ...(await unsigned(populated)), patient };
}

/** Checks everything of a grant that can be checked before it is sent. */
export async function prepareGrant(
  context: Context,
  params: GrantParams,
): Promise<OfPatient & { grants: PreparedGrant[]; evidence: string }> {
  requireKeys(params, GRANT_OPTION_KEYS);
  const clear = toBoolean(params.clear, "clear");
  const patient = await addressOrSender(context, params.patient, "patient");
  const evidence = params.evidence === undefined ? ZeroHash : toBytes32(params.evidence, "evidence");
  const prepared = prepareAll(params, patient);
  requireDocument(prepared, evidence);
  return { patient, grants: await clearShadows(context, patient, prepared, clear), evidence };
}

/** Terms stand beside the options, or in each of `grants`. */
export function requireKeys(params: ConsentInputs, options: readonly string[]): void {
  const several = hasSeveral(params);
  onlyKeys(params, several ? ["grants", ...options] : [...CONSENT_KEYS, ...options, "grants"]);
  if (several) nonEmpty(params.grants, "grants").forEach((each, i) => onlyKeys(each, CONSENT_KEYS, `grants[${i}].`));
}

type Several = Extract<ConsentInputs, { grants: unknown }>;

function hasSeveral(params: ConsentInputs): params is Several {
  return (params as Partial<Several> | undefined | null)?.grants !== undefined;
}

/** All consents of a call, checked, each in a place of its own. */
export function prepareAll(params: ConsentInputs, patient: string): PreparedGrant[] {
  if (!hasSeveral(params)) return prepareGrants(params, patient, "");
  const inputs = nonEmpty(params.grants, "grants");
  const prepared = inputs.flatMap((each, i) => prepareGrants(each, patient, `grants[${i}].`));
  for (const grant of prepared) requireFirst(grant, prepared);
  return prepared;
}

function requireFirst(grant: PreparedGrant, all: readonly PreparedGrant[]): void {
  const first = all.find(({ grantee, scope }) => grantee === grant.grantee && scope === grant.scope);
  if (first === undefined || first === grant) return;
  throw new InvalidParameterError(
    nameOf(grant),
    `of another grantee or scope than ${nameOf(first)}`,
    "It would replace the other: join them, or grant families of purposes, records or programmes apart.",
  );
}

/** As the caller named the consent, as in `grants[1]`. */
function nameOf({ path }: PreparedGrant): string {
  return path.slice(0, -1);
}

/** @throws ConditionalWithoutDocumentError if a grant is conditional, and there is no hash of what narrows it */
export function requireDocument(grants: readonly PreparedGrant[], hash: string): void {
  const conditional = grants.find(({ bits }) => bits.conditional);
  if (conditional === undefined || hash !== ZeroHash) return;
  throw new ConditionalWithoutDocumentError({ grantee: conditional.grantee, scope: conditional.scope });
}
