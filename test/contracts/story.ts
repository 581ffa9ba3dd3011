import type { Suite } from "../suite.js";
import type { Call } from "./calls.js";
import { purposes } from "./codes.js";
import { request } from "./fixtures.js";
import {
  ANY_PROVIDER,
  familyScope,
  GENERAL,
  NONE,
  outcome,
  programmeId,
  recordId,
  type Terms,
  WIDEST as WIDEST_TERMS,
} from "./words.js";

/** Stories of what a patient says, in names, and what is alive after them. Nothing here knows a stamp. */

export type Holder = "own" | "any";
export type Scope = "GENERAL" | "record" | "study" | "family";
export type Place = readonly [Holder, Scope];
export type Said = readonly ["grant" | "revoke", ...Place] | readonly ["revokeAll"];

export const NARROWER: readonly Place[] = [
  ["own", "record"],
  ["own", "study"],
  ["own", "family"],
  ["any", "record"],
  ["any", "family"],
];
export const WIDEST: readonly Place[] = [
  ["own", "GENERAL"],
  ["any", "GENERAL"],
];
export const PLACES: readonly Place[] = [...WIDEST, ...NARROWER];

export const grant = (scope: Scope, holder: Holder = "own"): Said => ["grant", holder, scope];
export const revoke = (scope: Scope, holder: Holder = "own"): Said => ["revoke", holder, scope];
export const revokeAll: Said = ["revokeAll"];

/** All that concerns a place. */
export const concerning = ([holder, scope]: Place): Said[] => [
  ...[grant("GENERAL", holder), revoke("GENERAL", holder), grant(scope, holder), revoke(scope, holder)],
  revokeAll,
];

/** Whether the last call that concerns a place granted it. */
export function granted(said: readonly Said[], [holder, scope]: Place): boolean {
  const last = said.findLast(
    ([verb, whose, what]) =>
      verb === "revokeAll" || (whose === holder && (what === scope || (verb === "revoke" && what === "GENERAL"))),
  );
  return last?.[0] === "grant";
}

/** Every sequence of up to this many of the calls. */
export function sequences(calls: readonly Said[], length: number): Said[][] {
  if (length === 0) return [];
  const shorter = sequences(calls, length - 1);
  const longest = length === 1 ? [[]] : shorter.filter((said) => said.length === length - 1);
  return [...shorter, ...longest.flatMap((said) => calls.map((call) => [...said, call]))];
}

/** The clinic is the holder, and the hospital, which has no word of its own, asks where ANY_PROVIDER is. */
export function stageOf(suite: Suite, patient: string) {
  const { clinic, hospital } = suite.signers;
  const scopes = {
    GENERAL,
    record: recordId(clinic.address),
    study: programmeId("a study"),
    family: familyScope("TREAT"),
  };
  const holders = { own: clinic.address, any: ANY_PROVIDER };
  /** GENERAL grants are of research and the narrower ones of treatment, so that no word covers what another one does. */
  const reason = (scope: Scope) => purposes(scope === "GENERAL" ? "HRESCH" : "TREAT");
  const call = (said: Said): Call => {
    if (said[0] === "revokeAll") return said;
    const [verb, holder, scope] = said;
    return [verb, holders[holder], scopes[scope], { purposes: reason(scope) }];
  };
  const terms = (scope: Scope): Terms => ({ ...WIDEST_TERMS, purposes: reason(scope) });
  const question = ([holder, scope]: Place) =>
    request(suite, {
      patient,
      grantee: holder === "own" ? clinic.address : hospital.address,
      record: scope === "record" ? scopes.record : NONE,
      programme: scope === "study" ? scopes.study : NONE,
      purpose: reason(scope),
    });
  /** Those of the places whose words permit at the time of the latest block. */
  const living = async (places: readonly Place[]) => {
    const outcomes = await suite.consents.decideMany(places.map(question));
    return places.filter(([holder, scope], i) => {
      const told = outcome(outcomes[i]!);
      return told.decision === "Permit" && told.holder === holders[holder] && told.scope === scopes[scope];
    });
  };
  return { call, living, holders, scopes, terms };
}
