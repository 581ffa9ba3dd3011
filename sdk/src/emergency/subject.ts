import { AbiCoder, id, keccak256 } from "ethers";
import { categoriesToBits } from "../codes/categories.js";
import type { GlassBroken } from "../consents/events.js";

/**
 * What of an event of break-glass names it: the same wherever a reorganisation puts its transaction, unless that puts it on
 * the other side of another break-glass by the same provider, which adds to its categories.
 */
export type EmergencyEvent = Pick<GlassBroken, "transaction" | "patient" | "grantee" | "terms" | "reasonHash">;

const TAG = "consentry.Emergency";

/**
 * The name under which a break-glass is reviewed: a hash of its transaction, patient, provider, categories and reason.
 *
 * @param event a `GlassBroken` of `consents.history` or `consents.watch`, or an emergency, which has it as `subject`
 * @returns 32 bytes as hex
 * @example
 * import { emergencyOf } from "@consentry/sdk/emergency";
 *
 * const emergency = emergencyOf(consentry);
 * const events = await consentry.consents.history({ patient });
 * const broken = events.filter((event) => event.type === "GlassBroken");
 * console.log(broken.map((event) => emergency.subjectOf(event))); // ["0x..."]
 */
export function subjectOf({ transaction, patient, grantee, terms, reasonHash }: EmergencyEvent): string {
  const values = [id(TAG), transaction, patient, grantee, categoriesToBits(terms.categories), reasonHash];
  const types = ["bytes32", "bytes32", "address", "address", "uint64", "bytes32"];
  return keccak256(AbiCoder.defaultAbiCoder().encode(types, values));
}
