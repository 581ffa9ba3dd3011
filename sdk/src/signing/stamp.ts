import type { Context } from "../context.js";
import { TooSoonError } from "../errors/contract/control.js";
import { stampOfAppointment } from "../patients/appointment.js";
import { blockOf } from "../reads/blockOf.js";
import { atBlock } from "../transport/blocks.js";
import type { Speaker } from "./sign.js";

/** Who says something about a patient. */
type Who = Pick<Speaker, "account"> & Partial<Pick<Speaker, "noOlderThan">>;

/** How long a stamp may be waited for, in milliseconds. */
const PATIENCE = 30_000;
const PAUSE = 100;

/** What is said directly is stamped with the last millisecond of its block's second. */
const SAID_DIRECTLY = 999n;

/**
 * The stamp of the next grant of a patient, in milliseconds: taken from the chain, never from a device's clock, and newer
 * than all that it is to come after, so that it is what counts.
 *
 * @param said stamps that stand where the statement will be written
 * @throws TooSoonError if the chain's time does not reach it
 */
export async function nextStamp(
  context: Context,
  patient: string,
  speaker: Who,
  said: readonly bigint[],
): Promise<bigint> {
  return stampFrom(context, patient, speaker, said, 0n);
}

/**
 * The stamp of a withdrawal, as {@link nextStamp}, and not before anything that was said directly in the newest block: what
 * a withdrawal ends stands in places that nobody looked up.
 */
export async function nextStampOfWithdrawal(
  context: Context,
  patient: string,
  speaker: Who,
  said: readonly bigint[],
): Promise<bigint> {
  return stampFrom(context, patient, speaker, said, SAID_DIRECTLY);
}

async function stampFrom(
  context: Context,
  patient: string,
  { account, noOlderThan = 0n }: Who,
  said: readonly bigint[],
  millisecond: bigint,
): Promise<bigint> {
  const { consents, lastStamps } = context;
  const at = atBlock(await blockOf(context));
  const [voidBefore, controlSince, appointment] = await Promise.all([
    consents.voidBeforeOf(patient, at),
    consents.controlSinceOf(patient, at),
    consents.appointmentOf(patient, account, at),
  ]);
  const before = [...said, voidBefore, controlSince, stampOfAppointment(appointment)];
  const end = Date.now() + PATIENCE;
  for (;;) {
    const { timestamp } = await blockOf(context);
    const last = lastStamps.get(patient) ?? 0n;
    const after = [...before, last].map((each) => each + 1n);
    const stamp = latest([BigInt(timestamp) * 1000n + millisecond, noOlderThan, ...after]);
    const limit = deliverableNext(timestamp);
    if (stamp <= limit) {
      lastStamps.set(patient, stamp);
      return stamp;
    }
    if (Date.now() > end) throw new TooSoonError({ issuedAt: stamp, latest: limit });
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
  }
}

/** The last stamp that can be delivered in the block after one of this time. */
export function deliverableNext(timestamp: number): bigint {
  return (BigInt(timestamp) + 1n) * 1000n + 998n;
}

/** The latest of some stamps; there must be one. */
export function latest(stamps: readonly bigint[]): bigint {
  return stamps.reduce((a, b) => (a > b ? a : b));
}
