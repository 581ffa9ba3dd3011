import type { Log } from "ethers";
import type { ConsentRegistry } from "../../sdk/src/generated/contracts/index.js";
import { EMERGENCY, GENERAL, tombstone } from "./words.js";

/** The state of the registry as its events tell it: a value under each of these names. */

export const wordName = (patient: string, grantee: string, scope: string) => [patient, grantee, scope].join(" ");
export const voidName = (patient: string) => `${patient} voidBefore`;
export const exclusionsName = (patient: string) => `${patient} exclusions`;

export interface Change {
  event: string;
  name: string;
  value: bigint;
}

/** What an event says: of one name, its new value. Needs nothing but the event itself. */
export function toldBy(abi: ConsentRegistry["interface"], log: Pick<Log, "topics" | "data">): Change | undefined {
  const { name: event, args } = abi.parseLog(log)!;
  const told = changeBy(event, args as unknown as [string, ...unknown[]]);
  return told && { event, name: told[0], value: told[1] };
}

function changeBy(event: string, [patient, second, third, fourth]: [string, ...unknown[]]) {
  const grantee = second as string;
  const change = (name: string, value: unknown) => [name, value as bigint] as const;
  switch (event) {
    case "ConsentGranted":
      return change(wordName(patient, grantee, third as string), fourth);
    case "ConsentRevoked":
      return change(wordName(patient, grantee, third as string), tombstone(fourth as bigint));
    case "ConsentRestarted":
      return change(wordName(patient, grantee, GENERAL), third);
    case "GlassBroken":
      return change(wordName(patient, grantee, EMERGENCY), third);
    case "AllRevoked":
      return change(voidName(patient), second);
    case "ExclusionsChanged":
      return change(exclusionsName(patient), (second as bigint) | ((third as bigint) << 64n));
    default:
      return undefined;
  }
}
