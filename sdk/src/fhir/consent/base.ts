import { MalformedResourceError } from "../../errors/fhir.js";
import { periodAt } from "../dates.js";
import { codingsAt, type Json, listAt, objectAt } from "../elements.js";
import { classesAt } from "./data.js";
import type { Reader } from "./reader.js";
import { bareRule, ruleAt, ruleOf } from "./rule.js";
import type { Effect, ReviewIssue, Rule } from "./types.js";

const ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

/** Policies that say what holds where no provision does: https://terminology.hl7.org/ValueSet-v3-ActConsentDirective.html */
const POLICIES: Readonly<Record<string, Effect>> = {
  OPTIN: "permit",
  OPTINR: "permit",
  OPTOUT: "deny",
  OPTOUTE: "deny",
};

/** The root of the rules, and what about it nobody can tell. */
export interface Root {
  root: Rule | undefined;
  unclear: ReviewIssue[];
}

/** The root of an R4 Consent: its provision; where the policy says the opposite, an exception to the policy. */
export function rootOfR4(consent: Json, reader: Reader): Root {
  const path = "Consent.provision";
  const policy = policyOf(consent["policyRule"], reader);
  const { provision } = consent;
  if (provision === undefined) return { root: undefined, unclear: [reader.issue(path, "There is no provision.")] };
  const root = ruleAt(provision, path, reader, "deny");
  if (objectAt(provision, path)["type"] === undefined) {
    const issue = reader.issue(`${path}.type`, "The base rule is not stated: is it permit or deny?");
    return { root: undefined, unclear: [issue] };
  }
  if (policy.effect === undefined || policy.effect === root.effect) return { root, unclear: policy.unclear };
  return { root: bareRule("Consent.policyRule", policy.effect, [root], reader), unclear: policy.unclear };
}

function policyOf(value: unknown, reader: Reader): { effect: Effect | undefined; unclear: ReviewIssue[] } {
  const codings = codingsAt(value, "Consent.policyRule");
  const effects = new Set(
    codings.flatMap(({ system, code }) => {
      const effect = system === ACT_CODE && Object.hasOwn(POLICIES, code) ? POLICIES[code] : undefined;
      return effect === undefined ? [] : [effect];
    }),
  );
  const isOne = effects.size < 2;
  const unclear = isOne ? [] : [reader.issue("Consent.policyRule", "It says both opt-in and opt-out.")];
  return { effect: isOne ? [...effects][0] : undefined, unclear };
}

const KEYS_OF_R5 = [
  "period",
  "actor",
  "action",
  "securityLabel",
  "purpose",
  "resourceType",
  "code",
  "dataPeriod",
  "data",
];

/** The root of an R5 Consent: its decision, with its provisions as exceptions. */
export function rootOfR5(consent: Json, reader: Reader): Root {
  const { decision } = consent;
  const exceptions = listAt(consent["provision"], "Consent.provision") ?? [];
  const effect = decision === "deny" ? "deny" : "permit";
  const children = exceptions.map((each, i) => exceptionAt(each, `Consent.provision[${i}]`, effect, reader));
  if (decision === undefined) {
    return { root: undefined, unclear: [reader.issue("Consent.decision", "The base rule is not stated.")] };
  }
  if (decision !== effect) throw new MalformedResourceError("Consent.decision", "permit or deny");
  const root = bareRule("Consent.decision", effect, children, reader);
  return { root: { ...root, bounds: periodOf(consent, reader) }, unclear: onlyOfR5(consent, reader) };
}

function periodOf({ period }: Json, reader: Reader): Rule["bounds"] {
  return period === undefined ? {} : { period: periodAt(period, "Consent.period", reader.timeZone) };
}

function exceptionAt(value: unknown, path: string, base: Effect, reader: Reader): Rule {
  reader.count(path);
  const provision = objectAt(value, path);
  const effect = base === "permit" ? "deny" : "permit";
  const classes = classesAt(provision["resourceType"], `${path}.resourceType`, reader);
  const rule = ruleOf({ provision, path, effect, classes, children: [], known: KEYS_OF_R5 }, reader);
  // HL7's own examples mean the time of the data by it, not that of the rule.
  const isTimed = effect === "deny" && provision["period"] !== undefined && provision["dataPeriod"] === undefined;
  if (!isTimed) return rule;
  const issue = reader.issue(`${path}.period`, "It may mean when the rule holds, or which data it withholds.");
  return { ...rule, bounds: {}, unclear: [...rule.unclear, issue] };
}

/** Elements of R5 that may narrow, and for which there is no rule. */
function onlyOfR5(consent: Json, reader: Reader): ReviewIssue[] {
  return ["grantee"].flatMap((key) => {
    return consent[key] === undefined ? [] : [reader.issue(`Consent.${key}`, "It may narrow who is meant.")];
  });
}
