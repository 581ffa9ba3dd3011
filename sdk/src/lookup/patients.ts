import type { Context } from "../context.js";
import { describeAppointment } from "../patients/appointment.js";
import { controlEventsUpTo } from "../patients/logs.js";
import { blockOf } from "../reads/blockOf.js";
import { atBlock } from "../transport/blocks.js";
import type { Head } from "../transport/types.js";
import { toParty } from "../values/address.js";
import type { End } from "../values/dates.js";
import { mapInTurns } from "../values/lists.js";

/** A patient for whom an account may speak. */
export interface SpokenFor {
  patient: string;
  /** `self`: its own address; `controller`: of a dependent, or after control was passed on to it or recovered. */
  as: "self" | "controller" | "representative";
  /** When the appointment of a representative ends; undefined for the others. */
  until: End | undefined;
}

/** The events by which an account can come to speak for somebody, with the account as the second indexed argument. */
const GAINS = ["ControlTransferred", "DependentCreated", "RepresentativeChanged", "RecoveryCompleted"] as const;

/** Lists the patients for whom an account may speak at the newest block. */
export async function patients(context: Context, account: string): Promise<SpokenFor[]> {
  const speaker = toParty(account, "account");
  const head = await blockOf(context);
  const events = await controlEventsUpTo(context, head, [undefined, speaker], GAINS);
  const candidates = new Set([speaker, ...events.map(({ patient }) => patient)]);
  const found = await mapInTurns([...candidates], (patient) => spokenFor(context, patient, speaker, head));
  return found.filter((each) => each !== undefined);
}

async function spokenFor(
  { consents }: Context,
  patient: string,
  account: string,
  head: Head,
): Promise<SpokenFor | undefined> {
  const at = atBlock(head);
  const [controller, speaks] = await Promise.all([
    consents.controllerOf(patient, at),
    consents.speaksFor(patient, account, at),
  ]);
  if (!speaks) return undefined;
  if (controller === account) return { patient, as: patient === account ? "self" : "controller", until: undefined };
  const until = describeAppointment(await consents.appointmentOf(patient, account, at))?.until;
  return { patient, as: "representative", until };
}
