import { allCategories, categoriesToBits, isSensitivity } from "../../codes/categories.js";
import type { Category } from "../../codes/types.js";
import type { Effect, ParsedConsent, Rule } from "../consent/types.js";
import { sensitivityBit } from "../consent/labels.js";
import { bindBy, type BoundRule } from "../evaluation/bind.js";
import type { Applicable } from "../evaluation/applicable.js";
import { combine } from "../evaluation/combine.js";
import { bestOf, isForbidden, type Matter } from "../evaluation/weigh.js";
import type { Match } from "../evaluation/match.js";
import { matterOf } from "./matter.js";
import type { Resolved } from "./resolve.js";

/** What a grant of one cell may hold at most. */
export interface Ceiling {
  /** Kinds and sensitivities; 0: nothing. */
  categories: bigint;
  /** Whether documents permit all of it, whatever else is known about the data. */
  exact: boolean;
  /** Whether a document forbids everything. */
  denied: boolean;
  /** Sensitive data left out though no document forbids them. */
  leftOut: bigint;
}

const KINDS: readonly Category[] = /* @__PURE__ */ allCategories().filter((name) => !isSensitivity(name));
const SENSITIVITIES: readonly Category[] = /* @__PURE__ */ allCategories().filter((name) => isSensitivity(name));
const ANY_SENSITIVITY = 0xffffffff;

/** What the rules are about when they are held against data. */
export interface Setting {
  consents: readonly ParsedConsent[];
  resolved: Resolved;
  newestWins: boolean;
  asWritten: boolean;
  /** Records that a document names: each is asked about besides all others, unless it is hidden. */
  records: readonly string[];
}

/** Which rules a cell is about: for what may be permitted, and for what may be denied. */
export interface Matches {
  best: (rule: Rule) => Match;
  worst: (rule: Rule) => Match;
}

/** The ceiling of a cell: what may be permitted at best, and whether all of it is. */
export function ceilingOf(setting: Setting, record: string | undefined, matches: Matches): Ceiling {
  const [kept, doubted] = [keptBy(setting, matches.best), keptBy(setting, matches.worst)];
  const matter = (kind: Category, may: number, must: number, of = record): Matter => {
    return matterOf({ kind, may, must, record: of }, setting.resolved.records);
  };
  const best = KINDS.map((kind) => bestOfAll(kept, matter(kind, ANY_SENSITIVITY, 0), setting.newestWins));
  const kinds = KINDS.filter((_, i) => best[i] === "permit");
  const allowed = SENSITIVITIES.filter((name) => {
    const bit = sensitivityBit(name);
    return kinds.some((kind) => bestOfAll(kept, matter(kind, ANY_SENSITIVITY, bit), setting.newestWins) === "permit");
  });
  const sensitive = setting.asWritten
    ? allowed
    : allowed.filter((name) => kept.some((each) => meansAll(each) || isNamed(each.root, name)));
  const may = sensitive.reduce((bits, name) => (bits | sensitivityBit(name)) >>> 0, 0);
  const others = record === undefined ? [undefined, ...setting.records] : [record];
  return {
    categories: kinds.length === 0 ? 0n : categoriesToBits([...kinds, ...sensitive]),
    exact:
      !kept.some(({ consent }) => consent.isNarrowed) &&
      kinds.every((kind) => {
        return others.every(
          (of) => combine(doubted, matter(kind, may, 0, of), setting.newestWins)?.effect === "permit",
        );
      }),
    denied: KINDS.every((kind) => kept.some(({ root }) => isForbidden(root, matter(kind, ANY_SENSITIVITY, 0)))),
    leftOut: kinds.length === 0 ? 0n : categoriesToBits(allowed.filter((name) => !sensitive.includes(name))),
  };
}

function keptBy({ consents }: Setting, matchOf: (rule: Rule) => Match): Applicable[] {
  return consents.flatMap((consent) => {
    const root = consent.root === undefined ? undefined : bindBy(consent.root, matchOf);
    return root === undefined ? [] : [{ consent, root }];
  });
}

/** At best: no consent denies for certain, and one may permit; or the newest that may speak permits. */
function bestOfAll(kept: readonly Applicable[], matter: Matter, newestWins: boolean): Effect | undefined {
  const effects = kept.map(({ consent, root }) => ({ said: consent.saidAt ?? 0, effect: bestOf(root, matter) }));
  if (newestWins) {
    const speaking = effects.filter(({ effect }) => effect !== undefined).sort((a, b) => b.said - a.said);
    const newest = speaking.filter(({ said }) => said === speaking[0]?.said);
    return newest.find(({ effect }) => effect === "deny")?.effect ?? newest[0]?.effect;
  }
  if (effects.some(({ effect }) => effect === "deny")) return "deny";
  return effects.find(({ effect }) => effect === "permit")?.effect;
}

/** What was written from a scope of the chain denies every label that it lacks, and so means all that it does not deny. */
function meansAll({ consent, root: { rule } }: Applicable): boolean {
  const isOwnForm = consent.scopeHint !== undefined && (rule.data?.classes?.known.kinds.size ?? 0) > 0;
  return isOwnForm && rule.effect === "permit";
}

/** Whether a permit names the sensitivity. */
function isNamed({ rule, permits, denies }: BoundRule, name: Category): boolean {
  const named = rule.data?.labels?.named ?? 0;
  if (rule.effect === "permit" && (named & sensitivityBit(name)) !== 0) return true;
  return [...permits, ...denies].some((child) => isNamed(child, name));
}
