import { purposesFromBits, purposesToBits } from "../codes/purposes.js";
import { familyOf } from "../codes/families.js";
import type { PurposeFamily } from "../codes/types.js";

/** What a consent is about. `id` is the scope as the contracts hold it: 32 bytes as hex. */
export type Scope =
  /** Everything to the grantee for which there is no narrower word. */
  | { readonly kind: "general"; readonly id: string }
  /** One family of purposes. */
  | { readonly kind: "purpose"; readonly id: string; readonly family: PurposeFamily }
  /** One record. */
  | { readonly kind: "record"; readonly id: string; readonly record: string }
  /** One programme, such as a study. */
  | { readonly kind: "programme"; readonly id: string; readonly programme: string }
  /** What break-glass opened. */
  | { readonly kind: "emergency"; readonly id: string }
  /** None of these: nothing but a withdrawal can stand there, and no decision reads it. */
  | { readonly kind: "unknown"; readonly id: string };

/** The scope of everything for which there is no narrower word. */
export const GENERAL_SCOPE = `0x01${"00".repeat(31)}`;

/** The scope of what break-glass opened. */
export const EMERGENCY_SCOPE = `0x05${"00".repeat(31)}`;
const NO_SCOPE = `0x${"00".repeat(32)}`;

/** The scope of a family of purposes. */
export function familyScope(family: PurposeFamily): string {
  return `0x02${purposesToBits([family]).toString(16).padStart(62, "0")}`;
}

/**
 * Tells what a scope stands for.
 *
 * @param scope 32 bytes as hex
 * @example
 * import { describeScope } from "@consentry/sdk";
 *
 * console.log(describeScope(`0x01${"00".repeat(31)}`).kind); // general
 */
export function describeScope(scope: string): Scope {
  const id = scope.toLowerCase();
  if (id === GENERAL_SCOPE) return { kind: "general", id };
  if (id === EMERGENCY_SCOPE) return { kind: "emergency", id };
  if (id.startsWith("0x03")) return { kind: "record", id, record: id };
  if (id.startsWith("0x04")) return { kind: "programme", id, programme: id };
  const family = familyIn(id);
  return family === undefined ? { kind: "unknown", id } : { kind: "purpose", id, family };
}

/** What the scope of an outcome stands for; undefined where no word decided. */
export function decidingScope(scope: string): Scope | undefined {
  return scope === NO_SCOPE ? undefined : describeScope(scope);
}

/** A scope in words, for a message. */
export function scopeText(scope: Scope): string {
  if (scope.kind === "general") return "the GENERAL scope";
  if (scope.kind === "purpose") return `the scope of the purposes ${scope.family}`;
  if (scope.kind === "emergency") return "the scope EMERGENCY";
  return `the scope of the ${scope.kind === "unknown" ? "unknown kind" : scope.kind} ${scope.id}`;
}

function familyIn(id: string): PurposeFamily | undefined {
  if (!id.startsWith("0x02")) return undefined;
  const bits = BigInt(`0x${id.slice(4)}`);
  if (bits === 0n || (bits & (bits - 1n)) !== 0n || bits >= 1n << 32n) return undefined;
  const [purpose] = known(bits);
  const family = purpose === undefined ? undefined : familyOf(purpose);
  return family === purpose ? family : undefined;
}

function known(bits: bigint): ReturnType<typeof purposesFromBits> {
  try {
    return purposesFromBits(bits);
  } catch {
    return [];
  }
}
