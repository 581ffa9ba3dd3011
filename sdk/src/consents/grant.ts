import { ZeroHash } from "ethers";
import { addressOrSender, type Context } from "../context.js";
import { ConditionalWithoutDocumentError } from "../errors/contract/consents.js";
import { InvalidParameterError } from "../errors/input.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toBytes32 } from "../values/bytes.js";
import { nonEmpty } from "../values/lists.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { consentEvents, type ConsentGranted } from "./events.js";
import { clearShadows } from "./shadow.js";
import { prepareGrant, type PreparedGrant, toContractGrant } from "./toGrant.js";
import type { GrantParams } from "./types.js";

/**
 * Sets or replaces consents of a patient; each replaces what the patient said before to that grantee in that scope.
 *
 * Purposes of one family go into that family's scope, a mix into the GENERAL scope, a record's or a programme's consent
 * into its own. Before a GENERAL grant the scopes of the families that it touches are checked for older refusals.
 *
 * @param params one consent or `{ grants: [...] }`; dates, unix seconds, names or HL7 codes
 * @returns the transaction and what was granted; no events if nothing changed
 * @throws UnknownCodeError, InvalidAddressError, InvalidDateError, InvalidParameterError before anything is sent
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
export async function grant(context: Context, params: GrantParams): Promise<WriteResult<ConsentGranted>> {
  return send(context, await grantRequest(context, params), (logs) =>
    consentEvents(context, logs).filter((event) => event.type === "ConsentGranted"),
  );
}

/** Builds the transaction of {@link grant} without sending it. */
export async function grantRequest(context: Context, params: GrantParams): Promise<UnsignedTransaction> {
  const patient = await addressOrSender(context, params.patient, "patient");
  const evidence = params.evidence === undefined ? ZeroHash : toBytes32(params.evidence, "evidence");
  const prepared = prepare(params, patient);
  requireEvidence(prepared, evidence);
  const grants = await clearShadows(context, patient, prepared, params.clear ?? false);
  return unsigned(context.consents.grant.populateTransaction(patient, grants.map(toContractGrant), evidence));
}

function prepare(params: GrantParams, patient: string): PreparedGrant[] {
  if (!("grants" in params)) return [prepareGrant(params, patient, "")];
  const prepared = nonEmpty(params.grants, "grants").map((each, i) => prepareGrant(each, patient, `grants[${i}].`));
  prepared.forEach(({ grantee, scope }, i) => {
    const first = prepared.findIndex((other) => other.grantee === grantee && other.scope === scope);
    if (first === i) return;
    throw new InvalidParameterError(
      `grants[${i}]`,
      `of another grantee or scope than grants[${first}]`,
      "It would replace the other: join them, or grant families of purposes, records or programmes apart.",
    );
  });
  return prepared;
}

function requireEvidence(grants: readonly PreparedGrant[], evidence: string): void {
  const conditional = grants.find(({ bits }) => bits.conditional);
  if (conditional === undefined || evidence !== ZeroHash) return;
  throw new ConditionalWithoutDocumentError({ grantee: conditional.grantee, scope: conditional.scope });
}
