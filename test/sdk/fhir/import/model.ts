import type { Random } from "../../../contracts/random.js";

/**
 * Consents and data in a small world, and what they mean, read off docs/fhir.md set by set: which resources does each rule
 * permit, which does it deny. Nothing here uses the SDK.
 */
export type Party = "A" | "B" | "C";
export type Custodian = "O1" | "O2";

export interface Rule {
  type: "permit" | "deny";
  period?: [from: number, to: number];
  /** G is a group, of which B is a member. */
  recipients?: (Party | "G")[];
  custodians?: Custodian[];
  purposes?: string[];
  actions?: string[];
  labels?: string[];
  types?: string[];
  kinds?: string[];
  codes?: string[];
  dataPeriod?: [from: number, to: number];
  instances?: string[];
  authors?: string[];
  children: Rule[];
}

export interface Document {
  id: number;
  policy?: "OPTIN" | "OPTOUT";
  root: Rule;
}

export interface Item {
  id: string;
  type: string;
  kind: string;
  labels: string[];
  day: number;
  code: string;
  author: string;
  isRecord: boolean;
}

export interface Question {
  actor: Party;
  custodian: Custodian;
  purpose: string;
  action: string;
  day: number;
}

export const WORLD: readonly Item[] = [
  item("o1", "Observation", "LABS", ["N"], 10, "x", "P1", false),
  item("o2", "Observation", "LABS", ["R", "PSY"], 40, "y", "P2", false),
  item("o3", "Observation", "VITALS", ["N"], 40, "x", "P2", true),
  item("o4", "Observation", "VITALS", [], 10, "y", "P1", false),
  item("c1", "Condition", "PROBLEMS", ["N"], 10, "x", "P1", false),
  item("c2", "Condition", "PROBLEMS", ["ETHUD", "R"], 40, "x", "P2", true),
  item("c3", "Condition", "PROBLEMS", ["SUD"], 10, "y", "P1", false),
  item("m1", "MedicationRequest", "MEDICATIONS", ["V"], 10, "x", "P1", true),
  item("m2", "MedicationRequest", "MEDICATIONS", [], 40, "y", "P2", false),
  item("a1", "AllergyIntolerance", "ALLERGIES", ["N", "R"], 40, "x", "P1", false),
  item("a2", "AllergyIntolerance", "ALLERGIES", [], 40, "x", "P2", true),
];

export const PURPOSES = ["TREAT", "ETREAT", "CLINTRL", "HOPERAT", "HDM", "HRESCH"];
export const ACTIONS = ["access", "use"];
export const LABELS = ["N", "R", "V", "PSY", "SUD", "ETHUD"];
const TYPES = ["Observation", "Condition", "MedicationRequest", "AllergyIntolerance"];
const KINDS = ["LABS", "VITALS", "PROBLEMS", "MEDICATIONS", "ALLERGIES"];

function item(
  id: string,
  type: string,
  kind: string,
  labels: string[],
  day: number,
  code: string,
  author: string,
  isRecord: boolean,
): Item {
  return { id, type, kind, labels, day, code, author, isRecord };
}

/** A few Consents by chance. */
export function documentsOf(random: Random): Document[] {
  return Array.from({ length: 1 + random.below(3) }, (_, id) => ({
    id,
    ...(random.chance(15) && { policy: random.pick(["OPTIN", "OPTOUT"] as const) }),
    root: ruleOf(random, 0),
  }));
}

export function questionOf({ pick, below }: Random): Question {
  return {
    actor: pick(["A", "B", "C"]),
    custodian: pick(["O1", "O2"]),
    purpose: pick(PURPOSES),
    action: pick(ACTIONS),
    day: 100 + below(40),
  };
}

function ruleOf(random: Random, depth: number): Rule {
  const { chance, pick, below } = random;
  const some = <Item>(items: readonly Item[]): Item[] => [
    ...new Set(Array.from({ length: 1 + below(2) }, () => pick(items))),
  ];
  const span = (): [number, number] => {
    const from = 100 + below(30);
    return [from, from + 1 + below(30)];
  };
  return {
    type: chance(depth === 0 ? 70 : 45) ? "permit" : "deny",
    ...(chance(15) && { period: span() }),
    ...(chance(40) && { recipients: some(["A", "B", "B", "A", "G"] as const) }),
    ...(chance(5) && { custodians: some(["O1", "O2"] as const) }),
    ...(chance(35) && { purposes: some(PURPOSES) }),
    ...(chance(20) && { actions: some(ACTIONS) }),
    ...(chance(depth === 0 ? 10 : 35) && { labels: some(LABELS) }),
    ...(chance(12) && { types: some(TYPES) }),
    ...(chance(12) && { kinds: some(KINDS) }),
    ...(chance(5) && { codes: some(["x", "y"]) }),
    ...(chance(6) && {
      dataPeriod: pick([
        [0, 20],
        [30, 50],
        [0, 60],
      ] as [number, number][]),
    }),
    ...(chance(8) && { instances: some(WORLD).map(({ id }) => id) }),
    ...(chance(4) && { authors: some(["P1", "P2"]) }),
    children:
      depth < 3 && chance(60 - 15 * depth) ? Array.from({ length: 1 + below(2) }, () => ruleOf(random, depth + 1)) : [],
  };
}

/** The data that documents permit. */
export function permitted(documents: readonly Document[], question: Question): Set<string> {
  const said = documents.map((document) => meaningOf(document, question));
  const denied = union(said.map(({ deny }) => deny));
  return minus(union(said.map(({ permit }) => permit)), denied);
}

interface Meaning {
  permit: Set<string>;
  deny: Set<string>;
}

const ALL = new Set(WORLD.map(({ id }) => id));
const NOTHING: Meaning = { permit: new Set(), deny: new Set() };

function meaningOf({ policy, root }: Document, question: Question): Meaning {
  const base = policy === undefined ? root.type : policy === "OPTIN" ? "permit" : "deny";
  const top: Rule = base === root.type ? root : { type: base, children: [root] };
  const meaning = readRule(top, question);
  // Data conditions at the root of a permit mean "forbid all but these".
  if (top.type === "permit" && isAbout(top, question)) return { ...meaning, deny: minus(ALL, meaning.permit) };
  return meaning;
}

function readRule(rule: Rule, question: Question): Meaning {
  if (!isAbout(rule, question)) return NOTHING;
  const own = extentOf(rule);
  const [permits, denies] = (["permit", "deny"] as const).map((type) => {
    return rule.children.filter((child) => child.type === type && isAbout(child, question));
  }) as [Rule[], Rule[]];
  const said = (children: readonly Rule[], effect: keyof Meaning): Set<string> => {
    return union(children.map((child) => readRule(child, question)[effect]));
  };
  if (rule.type === "permit") {
    // What its permits add it speaks of, too; its denies are exceptions to all of it.
    const spoken = union([own, ...permits.map(extentOf), said(permits, "permit"), said(permits, "deny")]);
    const deny = union([said(permits, "deny"), both(said(denies, "deny"), spoken)]);
    return { permit: minus(union([own, said(permits, "permit")]), deny), deny };
  }
  const deny = union([said(denies, "deny"), both(said(permits, "deny"), own)]);
  const permit = minus(union([said(denies, "permit"), both(said(permits, "permit"), own)]), deny);
  return { permit, deny: minus(union([own, deny]), permit) };
}

const CHILDREN: Readonly<Record<string, string[]>> = { TREAT: ["ETREAT"], HOPERAT: ["HDM"] };
const EXPLICIT = ["CLINTRL"];

function isAbout(rule: Rule, { actor, custodian, purpose, action, day }: Question): boolean {
  const { period, recipients, custodians, purposes, actions, type } = rule;
  if (period !== undefined && (day < period[0] || day > period[1])) return false;
  if (recipients !== undefined && !recipients.some((each) => each === actor || (each === "G" && actor === "B")))
    return false;
  if (custodians !== undefined && !custodians.includes(custodian)) return false;
  if (actions !== undefined && !actions.includes(action)) return false;
  if (purposes === undefined) return type === "deny" || !EXPLICIT.includes(purpose);
  return purposes.some((each) => {
    if (each === purpose || CHILDREN[each]?.includes(purpose) === true) return true;
    return type === "deny" && each === "TREAT" && EXPLICIT.includes(purpose);
  });
}

const LEVELS = ["N", "R", "V"];
const IN_DENY: Readonly<Record<string, string[]>> = { SUD: ["ETHUD"], R: ["V"] };

function extentOf({ type, labels, types, kinds, codes, dataPeriod, instances, authors }: Rule): Set<string> {
  const isMeant = (each: Item): boolean => {
    if (labels !== undefined && !labels.some((label) => hasLabel(each, label, type))) return false;
    const isClass = types?.includes(each.type) === true || kinds?.includes(each.kind) === true;
    if ((types !== undefined || kinds !== undefined) && !isClass) return false;
    if (codes !== undefined && !codes.includes(each.code)) return false;
    if (dataPeriod !== undefined && (each.day < dataPeriod[0] || each.day > dataPeriod[1])) return false;
    return (instances?.includes(each.id) ?? true) && (authors?.includes(each.author) ?? true);
  };
  return new Set(WORLD.filter(isMeant).map(({ id }) => id));
}

function hasLabel({ labels }: Item, label: string, type: Rule["type"]): boolean {
  if (type === "deny") return labels.includes(label) || IN_DENY[label]?.some((each) => labels.includes(each)) === true;
  const highest = LEVELS.filter((level) => labels.includes(level)).at(-1);
  return labels.includes(label) && (!LEVELS.includes(label) || label === highest);
}

function union(sets: readonly Set<string>[]): Set<string> {
  return new Set(sets.flatMap((set) => [...set]));
}

function minus(set: Set<string>, other: Set<string>): Set<string> {
  return new Set([...set].filter((each) => !other.has(each)));
}

function both(set: Set<string>, other: Set<string>): Set<string> {
  return new Set([...set].filter((each) => other.has(each)));
}
