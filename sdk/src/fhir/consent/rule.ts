import { findAction, actionsToBits } from "../../codes/actions.js";
import { MalformedResourceError } from "../../errors/fhir.js";
import { periodAt } from "../dates.js";
import { codingAt, codingsAt, type Json, listAt, objectAt } from "../elements.js";
import { actorsAt } from "./actors.js";
import { classesAt, codesAt, labelsAt, referencesAt } from "./data.js";
import { purposeList, purposeOf } from "./purposes.js";
import type { Reader } from "./reader.js";
import type { AnyOf, Bounds, DataConditions, Effect, PurposeList, ReviewIssue, Rule } from "./types.js";

/** Provisions within provisions, deeper than any real one. */
const MAX_DEPTH = 32;

const KEYS_OF_R4 = [
  "type",
  "period",
  "actor",
  "action",
  "securityLabel",
  "purpose",
  "class",
  "code",
  "dataPeriod",
  "data",
  "provision",
];

/**
 * A provision of R4 with all that is nested in it.
 *
 * @param absent what it says if it has no type; only the root may have none
 */
export function ruleAt(value: unknown, path: string, reader: Reader, absent?: Effect, depth = 0): Rule {
  if (depth > MAX_DEPTH) throw new MalformedResourceError(path, `at most ${MAX_DEPTH} provisions deep`);
  reader.count(path);
  const provision = objectAt(value, path);
  const effect = effectAt(provision["type"] ?? absent, `${path}.type`);
  const children = (listAt(provision["provision"], `${path}.provision`) ?? []).map((child, i) => {
    return ruleAt(child, `${path}.provision[${i}]`, reader, undefined, depth + 1);
  });
  const classes = classesAt(provision["class"], `${path}.class`, reader);
  return ruleOf({ provision, path, effect, classes, children, known: KEYS_OF_R4 }, reader);
}

/** What a rule is made of. */
export interface RuleParts {
  provision: Json;
  path: string;
  effect: Effect;
  classes: DataConditions["classes"] | undefined;
  children: readonly Rule[];
  /** Elements for which there is a rule. */
  known: readonly string[];
}

/** A rule of what R4 and R5 have in common. */
export function ruleOf({ provision, path, effect, classes, children, known }: RuleParts, reader: Reader): Rule {
  const { actors, unclear: unclearActors } = actorsAt(provision["actor"], `${path}.actor`, reader);
  const { authors, ...parties } = actors;
  const { labels, unclear: unclearLabels } = labelsAt(
    provision["securityLabel"],
    `${path}.securityLabel`,
    effect,
    reader,
  );
  const { references, unclear: unclearData } = referencesAt(provision["data"], `${path}.data`, reader);
  const codes = codesAt(provision["code"], `${path}.code`, reader);
  const { dataPeriod } = provision;
  const data: DataConditions = {
    ...(authors !== undefined && { authors }),
    ...(labels !== undefined && { labels }),
    ...(classes !== undefined && { classes }),
    ...(codes !== undefined && { codes }),
    ...(dataPeriod !== undefined && { dataPeriod: periodAt(dataPeriod, `${path}.dataPeriod`, reader.timeZone) }),
    ...(references !== undefined && { references }),
  };
  const extensions = reader.extensionsOf(provision, path, known);
  return {
    ...bareRule(path, effect, children, reader),
    bounds: { ...boundsAt(provision, path, effect, reader), ...parties },
    data: Object.keys(data).length === 0 ? undefined : data,
    unclear: [...extensions, ...unclearActors, ...unclearLabels, ...unclearData],
  };
}

/** A rule about everything. */
export function bareRule(path: string, effect: Effect, children: readonly Rule[], { consent }: Reader): Rule {
  const says = { consent, path, effect, rest: false };
  const forbidsRest = { consent, path, effect: "deny" as const, rest: true };
  return { path, effect, bounds: {}, data: undefined, unclear: [], children, says, forbidsRest };
}

function effectAt(value: unknown, path: string): Effect {
  if (value === "permit" || value === "deny") return value;
  throw new MalformedResourceError(path, "permit or deny");
}

function boundsAt(provision: Json, path: string, effect: Effect, reader: Reader): Bounds {
  const { period } = provision;
  const purposes = purposesAt(provision["purpose"], `${path}.purpose`, effect, reader);
  const actions = actionsAt(provision["action"], `${path}.action`, reader);
  return {
    ...(period !== undefined && { period: periodAt(period, `${path}.period`, reader.timeZone) }),
    ...(purposes !== undefined && { purposes }),
    ...(actions !== undefined && { actions }),
  };
}

function purposesAt(value: unknown, path: string, effect: Effect, reader: Reader): AnyOf<PurposeList> | undefined {
  const list = listAt(value, path);
  if (list === undefined) return undefined;
  const unclear: ReviewIssue[] = [];
  const found = list.flatMap((item, i) => {
    const purpose = purposeOf(codingAt(item, `${path}[${i}]`));
    if (purpose === undefined) unclear.push(reader.issue(`${path}[${i}]`, "It is none of HL7's purposes of use."));
    return purpose === undefined ? [] : [purpose];
  });
  return { known: purposeList(found, effect), unclear };
}

function actionsAt(value: unknown, path: string, reader: Reader): AnyOf<number> | undefined {
  const list = listAt(value, path);
  if (list === undefined) return undefined;
  const unclear: ReviewIssue[] = [];
  let known = 0;
  for (const [i, item] of list.entries()) {
    const actions = codingsAt(item, `${path}[${i}]`).map(findAction);
    const named = actions.filter((action) => action !== undefined);
    known |= Number(actionsToBits(named));
    if (named.length === 0) unclear.push(reader.issue(`${path}[${i}]`, "It is none of HL7's consent actions."));
  }
  return { known, unclear };
}
