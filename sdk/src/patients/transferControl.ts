import type { OfPatient } from "../consents/types.js";
import { addressOrSender, type Context } from "../context.js";
import type { SignedStatementOf } from "../signing/types.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toParty } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import type { WriteResult } from "../writes/send.js";
import { acceptedTransfer } from "./acceptance.js";
import type { ControlTransferred } from "./events.js";
import { type BuiltFor, sendFor, transactionOf } from "./write.js";

/** Whom control passes to. */
export interface TransferControlParams {
  /** The patient; whoever signs if left out. */
  patient?: string | undefined;
  /** The account of the new key, or of the passkey. */
  controller: string;
  /** What `acceptControl.sign` returned to the new controller, or its JSON. */
  acceptance: SignedStatementOf<"AcceptControl"> | string;
}

const KEYS = ["patient", "controller", "acceptance"] as const satisfies readonly (keyof TransferControlParams)[];

/**
 * Puts another key in control, which has agreed: for a new phone, or a dependent who has come of age. By the controller.
 *
 * Everything signed before is void, every appointment ends, a recovery under way is cancelled; consents, refusals,
 * exclusions and guardians stay. **Never hand control back to an old key**: whoever stole it is back, too. If the guardians
 * in office are not yours, name your own at once, and cancel what they start until yours are in office.
 *
 * @param params `controller` must be who signed the acceptance
 * @returns the transaction, for which patient, and since when who is in control
 * @throws InvalidAddressError, InvalidParameterError, InvalidStatementError before anything is sent
 * @throws NotAcceptedByError if the acceptance is of another key or for another patient
 * @throws OtherDeploymentError, UnknownVerifierError, InvalidSignatureError about the acceptance
 * @throws NotControllerOfError, InvalidControllerError, DeadlinePassedError, StatementVoidError, TooSoonError
 * @throws NoSignerError if nobody can sign
 * @example
 * const acceptance = await newPhone.patients.acceptControl.sign({ patient });
 * const { events } = await oldPhone.patients.transferControl({ controller: acceptance.message.controller, acceptance });
 * console.log(events[0]?.type); // "ControlTransferred"
 */
export async function transferControl(
  context: Context,
  params: TransferControlParams,
): Promise<WriteResult<ControlTransferred> & OfPatient> {
  return sendFor(context, await build(context, params), "ControlTransferred");
}

/** Builds the transaction of {@link transferControl} without sending it. */
export async function transferControlRequest(
  context: Context,
  params: TransferControlParams,
): Promise<UnsignedTransaction> {
  return transactionOf(await build(context, params));
}

async function build(context: Context, params: TransferControlParams): Promise<BuiltFor> {
  const controller = newControllerOf(params);
  const patient = await addressOrSender(context, params.patient, "patient");
  const { deadline, acceptance } = await acceptedTransfer(context, { patient, controller }, params.acceptance);
  const populated = context.consents.transferControl.populateTransaction(patient, controller, deadline, acceptance);
  return { ...(await unsigned(populated)), patient };
}

/** Who is to take over; throws for what can't be a transfer's parameters. */
export function newControllerOf(params: TransferControlParams): string {
  onlyKeys(params, KEYS);
  return toParty(params.controller, "controller");
}
