import { type AllRevoked, consentEvents, type ConsentRevoked } from "../consents/events.js";
import type { Context } from "../context.js";
import { EMERGENCY_SCOPE } from "../scopes/scope.js";
import type { LogFilter, RawLog } from "../transport/types.js";
import { topicsOf } from "../writes/events.js";
import { type Emergency, timed } from "./events.js";
import { anyOf } from "./topics.js";

/** The patient's word that ended an emergency: a refusal of break-glass, or of everything; and when it took effect. */
export type EmergencyEnding = (ConsentRevoked | AllRevoked) & { time: Date };

/** The logs of all that can have ended these emergencies. */
export function endingFilters({ consents, deployment }: Context, emergencies: readonly Emergency[]): LogFilter[] {
  const { address } = deployment.contracts.ConsentRegistry;
  const patients = anyOf(emergencies.map(({ patient }) => patient));
  const grantees = anyOf(emergencies.map(({ grantee }) => grantee));
  const topics = (event: string) => [...topicsOf(consents.interface, [event]), patients];
  return [
    { address, topics: [...topics("ConsentRevoked"), grantees, EMERGENCY_SCOPE] },
    { address, topics: topics("AllRevoked") },
  ];
}

/** Finds what ended an emergency, in logs that have their times. */
export function endingsIn(
  context: Context,
  logs: readonly RawLog[],
): (emergency: Emergency) => EmergencyEnding | undefined {
  const words = consentEvents(context, logs).filter(
    (event) => event.type === "ConsentRevoked" || event.type === "AllRevoked",
  );
  const ofPatient = new Map<string, EmergencyEnding[]>();
  for (const word of timed(words, logs)) {
    const others = ofPatient.get(word.patient);
    if (others === undefined) ofPatient.set(word.patient, [word]);
    else others.push(word);
  }
  return (emergency) => ofPatient.get(emergency.patient)?.find((ending) => ends(ending, emergency));
}

/** What is said after the window ends nothing, nor does what was signed before the glass was broken. */
function ends(ending: EmergencyEnding, { grantee, statedAt, until }: Emergency): boolean {
  if (ending.time >= until) return false;
  if (ending.type === "AllRevoked") return ending.voidBefore >= statedAt;
  return ending.grantee === grantee && ending.statedAt >= statedAt;
}
