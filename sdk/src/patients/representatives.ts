import type { Context } from "../context.js";
import type { Head } from "../transport/types.js";
import { toParty } from "../values/address.js";
import { dateOfStamp, type End } from "../values/dates.js";
import { mapInTurns } from "../values/lists.js";
import { blockOf } from "../reads/blockOf.js";
import { describeAppointment, periodOf, stampOfAppointment } from "./appointment.js";
import { controlEventsUpTo } from "./logs.js";

/** Where an appointment stands at the block of the list; `void`: control has changed since it was made. */
export type AppointmentStatus = "live" | "upcoming" | "expired" | "dismissed" | "void";

/** What the controller last said of a representative. */
export interface ListedRepresentative {
  representative: string;
  /** Only `live` speaks. */
  status: AppointmentStatus;
  /** Inclusive; undefined: at once, or dismissed. */
  from: Date | undefined;
  /** Exclusive; undefined: dismissed. */
  until: End | undefined;
  /** When it was said, to the millisecond. */
  statedAt: Date;
  /** Hash of the transaction that wrote it. */
  transaction: string;
}

/**
 * Lists everybody who was ever appointed or dismissed as a patient's representative, as they stand at the newest block.
 *
 * @returns in the order in which they were last written
 * @throws InvalidAddressError
 * @example
 * const all = await consentry.patients.representatives(patient);
 * console.log(all.filter(({ status }) => status === "live").length); // 1
 */
export async function representatives(context: Context, patient: string): Promise<ListedRepresentative[]> {
  const address = toParty(patient, "patient");
  const head = await blockOf(context);
  const at = { blockTag: head.number };
  const controlSince = await context.consents.controlSinceOf(address, at);
  const written = await lastWritten(context, address, head);
  return mapInTurns(written, async ([representative, transaction]) => {
    const word = await context.consents.appointmentOf(address, representative, at);
    return describe(representative, word, transaction, statusOf(word, controlSince, BigInt(head.timestamp)));
  });
}

/** Each representative of a patient, and the transaction that last wrote what was said of it. */
async function lastWritten(context: Context, patient: string, head: Head): Promise<[string, string][]> {
  const events = await controlEventsUpTo(context, head, [patient], ["RepresentativeChanged"]);
  const last = new Map<string, string>();
  for (const event of events) {
    if (!("representative" in event)) continue;
    last.delete(event.representative);
    last.set(event.representative, event.transaction);
  }
  return [...last];
}

function describe(
  representative: string,
  word: bigint,
  transaction: string,
  status: AppointmentStatus,
): ListedRepresentative {
  const { from, until } = describeAppointment(word) ?? {};
  return { representative, status, from, until, statedAt: dateOfStamp(stampOfAppointment(word)), transaction };
}

/** As contracts/types/Appointment.sol says what is live. */
function statusOf(word: bigint, controlSince: bigint, now: bigint): AppointmentStatus {
  const { since, until } = periodOf(word);
  if (until === 0n) return "dismissed";
  if (stampOfAppointment(word) <= controlSince) return "void";
  if (now >= until) return "expired";
  return now < since ? "upcoming" : "live";
}
