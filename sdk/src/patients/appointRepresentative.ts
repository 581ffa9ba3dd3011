import type { OfPatient } from "../consents/types.js";
import { addressOrSender, type Context } from "../context.js";
import { InvalidPeriodError } from "../errors/contract/control.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toParty } from "../values/address.js";
import { type EndInput, type TimeInput, toEnd, toStart } from "../values/dates.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import type { WriteResult } from "../writes/send.js";
import type { RepresentativeAppointed } from "./events.js";
import { type BuiltFor, sendFor, transactionOf } from "./write.js";

/** Who may speak for a patient, from when until when. */
export interface AppointRepresentativeParams {
  /** The patient; whoever signs if left out. */
  patient?: string | undefined;
  /** An account, or that of a passkey. */
  representative: string;
  /** Inclusive; a date means its first moment. At once if left out. */
  from?: TimeInput | undefined;
  /** Exclusive; a date includes that day. `"until-revoked"`: until dismissed, or until control passes on. */
  until: EndInput;
  /** Where the days of dates begin and end: IANA name. UTC if left out. */
  timeZone?: string | undefined;
}

const KEYS = [
  "patient",
  "representative",
  "from",
  "until",
  "timeZone",
] as const satisfies readonly (keyof AppointRepresentativeParams)[];

/** An appointment in unix seconds. */
export interface PreparedAppointment {
  representative: string;
  since: bigint;
  until: bigint;
}

/**
 * Lets another account grant and revoke: a parent, a carer, the holder of a health care proxy. By the controller.
 *
 * It replaces what was said of that account before, and ends when control passes on. A representative can't touch control,
 * exclusions or guardians, and needs a consent to read, like anybody else; but it may grant to whom it likes, itself
 * included. What it said stands when the appointment ends.
 *
 * @returns the transaction, for which patient, and the appointment with its times
 * @throws InvalidAddressError, InvalidDateError, InvalidParameterError before anything is sent
 * @throws InvalidPeriodError if it would end before it starts, or has ended already
 * @throws NotControllerOfError, NoSignerError
 * @example
 * await patient.patients.appointRepresentative({ representative: daughter, until: "2027-12-31" });
 */
export async function appointRepresentative(
  context: Context,
  params: AppointRepresentativeParams,
): Promise<WriteResult<RepresentativeAppointed> & OfPatient> {
  return sendFor(context, await build(context, params), "RepresentativeAppointed");
}

/** Builds the transaction of {@link appointRepresentative} without sending it. */
export async function appointRepresentativeRequest(
  context: Context,
  params: AppointRepresentativeParams,
): Promise<UnsignedTransaction> {
  return transactionOf(await build(context, params));
}

async function build(context: Context, params: AppointRepresentativeParams): Promise<BuiltFor> {
  const { representative, since, until } = await prepareAppointment(context, params);
  const patient = await addressOrSender(context, params.patient, "patient");
  const { appointRepresentative: call } = context.consents;
  return { ...(await unsigned(call.populateTransaction(patient, representative, since, until))), patient };
}

/** Checks an appointment: it must not have ended at the newest block. */
export async function prepareAppointment(
  { transport }: Context,
  params: AppointRepresentativeParams,
): Promise<PreparedAppointment> {
  onlyKeys(params, KEYS);
  const { from, timeZone } = params;
  const representative = toParty(params.representative, "representative");
  const since = from === undefined ? 0n : toStart(from, "from", timeZone);
  const until = toEnd(params.until, "until", timeZone);
  const now = BigInt((await transport.head()).timestamp);
  const start = since > now ? since : now;
  if (until <= start) throw new InvalidPeriodError({ start, end: until });
  return { representative, since, until };
}
