import { addressOrSender, type Context } from "../context.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { type AllRevoked, consentEvents } from "./events.js";
import type { OfPatient } from "./types.js";

/** Whose consents end. */
export interface RevokeAllParams {
  /** The patient; whoever signs if left out. */
  patient?: string | undefined;
}

/**
 * Ends every consent of a patient said before, whatever their number, at one constant cost; refusals outlive it.
 *
 * The patient is the signer unless `patient` names another.
 *
 * @returns the transaction, for which patient, and the time up to which grants are dead
 * @throws InvalidAddressError, InvalidParameterError before anything is sent
 * @throws NotSpeakerForError if the signer does not speak for the patient
 * @throws NoSignerError if nobody can sign
 * @example
 * await consentry.consents.revokeAll();
 */
export async function revokeAll(
  context: Context,
  params: RevokeAllParams = {},
): Promise<WriteResult<AllRevoked> & OfPatient> {
  const { patient, ...transaction } = await build(context, params);
  const result = await send(context, transaction, (logs) =>
    consentEvents(context, logs).filter((event) => event.type === "AllRevoked"),
  );
  return { ...result, patient };
}

/** Builds the transaction of {@link revokeAll} without sending it. */
export async function revokeAllRequest(context: Context, params: RevokeAllParams = {}): Promise<UnsignedTransaction> {
  const { to, data } = await build(context, params);
  return { to, data };
}

async function build(context: Context, params: RevokeAllParams): Promise<UnsignedTransaction & OfPatient> {
  const patient = await prepareRevokeAll(context, params);
  return { ...(await unsigned(context.consents.revokeAll.populateTransaction(patient))), patient };
}

/** The patient whose consents would end. */
export async function prepareRevokeAll(context: Context, params: RevokeAllParams): Promise<string> {
  onlyKeys(params, ["patient"]);
  return addressOrSender(context, params.patient, "patient");
}
