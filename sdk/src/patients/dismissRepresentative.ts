import type { OfPatient } from "../consents/types.js";
import { addressOrSender, type Context } from "../context.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toParty } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import type { WriteResult } from "../writes/send.js";
import type { RepresentativeDismissed } from "./events.js";
import { type BuiltFor, sendFor, transactionOf } from "./write.js";

/** Who may not speak for a patient any more. */
export interface DismissRepresentativeParams {
  /** The patient; whoever signs if left out. */
  patient?: string | undefined;
  representative: string;
}

/**
 * Ends an appointment, or voids one that was signed and is not delivered yet. What the representative said stands:
 * `consents.list` shows it. By the controller.
 *
 * @returns the transaction, for which patient, and when it was said
 * @throws InvalidAddressError, InvalidParameterError before anything is sent
 * @throws NotControllerOfError, NoSignerError
 * @example
 * await patient.patients.dismissRepresentative({ representative });
 */
export async function dismissRepresentative(
  context: Context,
  params: DismissRepresentativeParams,
): Promise<WriteResult<RepresentativeDismissed> & OfPatient> {
  return sendFor(context, await build(context, params), "RepresentativeDismissed");
}

/** Builds the transaction of {@link dismissRepresentative} without sending it. */
export async function dismissRepresentativeRequest(
  context: Context,
  params: DismissRepresentativeParams,
): Promise<UnsignedTransaction> {
  return transactionOf(await build(context, params));
}

async function build(context: Context, params: DismissRepresentativeParams): Promise<BuiltFor> {
  const representative = dismissedBy(params);
  const patient = await addressOrSender(context, params.patient, "patient");
  const populated = context.consents.dismissRepresentative.populateTransaction(patient, representative);
  return { ...(await unsigned(populated)), patient };
}

/** Who is dismissed, checked. */
export function dismissedBy(params: DismissRepresentativeParams): string {
  onlyKeys(params, ["patient", "representative"]);
  return toParty(params.representative, "representative");
}
