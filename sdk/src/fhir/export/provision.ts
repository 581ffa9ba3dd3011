import type { Coding, ConsentProvision, Period } from "fhir/r4.js";
import { describeAction } from "../../codes/actions.js";
import { allCategories, describeCategory, isSensitivity } from "../../codes/categories.js";
import { expandPurposes } from "../../codes/families.js";
import { allPurposes, describePurpose } from "../../codes/purposes.js";
import type { Category, CodeInfo, Purpose } from "../../codes/types.js";
import type { Terms } from "../../consents/terms.js";
import type { Scope } from "../../scopes/scope.js";
import { ANY_PROVIDER, isSameAddress } from "../../values/address.js";
import { CATEGORY_SYSTEM, isUnder, NO_KIND } from "../consent/labels.js";
import { addressIdentifier, dateTimeOf, recordIdentifier } from "./names.js";
import type { ChainConsent } from "./types.js";

/** The last second that FHIR can write. */
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59);

/** The root rule of a word. */
export function provisionOf(word: ChainConsent, scope: Scope, chainId: bigint | number): ConsentProvision {
  const place = { ...actorOf(word.grantee, chainId), ...dataOf(scope) };
  return word.terms === undefined
    ? { type: "deny", ...place, ...refusedIn(scope) }
    : grantedIn(word.terms, scope, place);
}

function actorOf(grantee: string, chainId: bigint | number): Partial<Pick<ConsentProvision, "actor">> {
  if (isSameAddress(grantee, ANY_PROVIDER)) return {};
  const role = { system: "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", code: "IRCP" };
  return { actor: [{ role: { coding: [role] }, reference: { identifier: addressIdentifier(grantee, chainId) } }] };
}

function dataOf(scope: Scope): Partial<Pick<ConsentProvision, "data">> {
  if (scope.kind !== "record") return {};
  return { data: [{ meaning: "instance", reference: { identifier: recordIdentifier(scope.record) } }] };
}

/** A refusal in general does not end break-glass; a record that is hidden stays hidden from it. */
function refusedIn(scope: Scope): Partial<Pick<ConsentProvision, "purpose">> {
  if (scope.kind === "record") return {};
  if (scope.kind === "emergency") return { purpose: [codingOf(describePurpose("BTG"))] };
  if (scope.kind === "purpose") return { purpose: [codingOf(describePurpose(scope.family))] };
  const roots = allPurposes().filter((name) => describePurpose(name).parent === null && name !== "BTG");
  return { purpose: roots.map((name) => codingOf(describePurpose(name))) };
}

function grantedIn(terms: Terms, scope: Scope, place: ConsentProvision): ConsentProvision {
  const { categories, purposes, actions } = terms;
  const period = periodOf(terms, scope);
  const exceptions = [...withoutLabels(categories), ...withoutPurposes(purposes)];
  return {
    type: "permit",
    ...(period !== undefined && { period }),
    ...place,
    purpose: purposes.map((name) => codingOf(describePurpose(name))),
    action: actions.map((name) => ({ coding: [codingOf(describeAction(name))] })),
    class: kindsOf(categories),
    ...(exceptions.length > 0 && { provision: exceptions }),
  };
}

/** The start of what is in the GENERAL scope is the registry's own: nobody stated it. */
function periodOf({ from, until }: Terms, scope: Scope): Period | undefined {
  const end = until === "until-revoked" ? undefined : Math.min(until.getTime() - 1_000, LAST);
  const period = {
    ...(from !== undefined && scope.kind !== "general" && { start: dateTimeOf(from) }),
    ...(end !== undefined && { end: dateTimeOf(new Date(end)) }),
  };
  return Object.keys(period).length === 0 ? undefined : period;
}

/** No record is of no kind, so that a grant of sensitivities alone is one of nothing. */
function kindsOf(categories: readonly Category[]): Coding[] {
  const kinds = categories.filter((name) => !isSensitivity(name)).map(ownCoding);
  return kinds.length > 0 ? kinds : [{ system: CATEGORY_SYSTEM, code: NO_KIND }];
}

function withoutLabels(categories: readonly Category[]): ConsentProvision[] {
  const missing = allCategories().filter((name) => isSensitivity(name) && !categories.includes(name));
  if (missing.length === 0) return [];
  return [{ type: "deny", securityLabel: missing.flatMap((name) => labelsOf(name, categories)) }];
}

/** HL7's codes, which in a deny mean their sub-codes too; where one of these is granted, this package's own. */
function labelsOf(name: Category, granted: readonly Category[]): Coding[] {
  const codings = describeCategory(name).codings.map((coding) => ({ ...coding }));
  const isWider = granted.some((each) => each !== name && isSensitivity(each) && isUnder(each, name));
  return isWider || codings.length === 0 ? [ownCoding(name)] : codings;
}

/** A purpose covers its sub-codes unless they are denied. */
function withoutPurposes(purposes: readonly Purpose[]): ConsentProvision[] {
  const missing = expandPurposes(purposes).filter((name) => !purposes.includes(name));
  if (missing.length === 0) return [];
  return [{ type: "deny", purpose: missing.map((name) => codingOf(describePurpose(name))) }];
}

function ownCoding(name: Category): Coding {
  return { system: CATEGORY_SYSTEM, code: name };
}

function codingOf({ codings, name }: CodeInfo<string>): Coding {
  return { ...(codings[0] ?? { system: CATEGORY_SYSTEM, code: name }) };
}
