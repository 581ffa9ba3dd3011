import { addressOrSender, type Context } from "../context.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { type AllRevoked, consentEvents } from "./events.js";

/** Whose consents end. */
export interface RevokeAllParams {
  /** The patient; whoever signs if left out. */
  patient?: string | undefined;
}

/**
 * Ends every consent of a patient said before, whatever their number, at one constant cost; refusals outlive it.
 *
 * @returns the transaction and the time up to which grants are dead
 * @throws NotSpeakerForError if the signer does not speak for the patient
 * @throws NoSignerError if nobody can sign
 * @example
 * await consentry.consents.revokeAll();
 */
export async function revokeAll(context: Context, params: RevokeAllParams = {}): Promise<WriteResult<AllRevoked>> {
  return send(context, await revokeAllRequest(context, params), (logs) =>
    consentEvents(context, logs).filter((event) => event.type === "AllRevoked"),
  );
}

/** Builds the transaction of {@link revokeAll} without sending it. */
export async function revokeAllRequest(context: Context, params: RevokeAllParams = {}): Promise<UnsignedTransaction> {
  const patient = await addressOrSender(context, params.patient, "patient");
  return unsigned(context.consents.revokeAll.populateTransaction(patient));
}
