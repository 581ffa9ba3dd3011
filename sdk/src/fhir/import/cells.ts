import { allActions, describeAction } from "../../codes/actions.js";
import { familyOf } from "../../codes/families.js";
import { purposeTable } from "../../codes/purposes.js";
import { MalformedResourceError } from "../../errors/fhir.js";
import type { ParsedConsent, Rule } from "../consent/types.js";
import type { Interval } from "../dates.js";
import { type Match, NO } from "../evaluation/match.js";
import { type Ceiling, ceilingOf, type Setting } from "./ceiling.js";
import { type Cell, matchCell } from "./gate.js";
import { rulesIn } from "./resolve.js";
import type { WeighedCell } from "./words.js";

/** Which grants are meant: all, those of one record, or those of one programme. */
export interface Place {
  record?: string;
  programme?: string;
}

const ACTIONS: readonly number[] = /* @__PURE__ */ allActions().map((action) => 1 << describeAction(action).bit);

/** Rules read in one import, more than real documents take; bounds the work on hostile input. */
const MOST_STEPS = 30_000_000;

/** How often a rule is read for one ceiling, about: for each kind, alone and with each sensitivity. */
const STEPS_OF_CEILING = 1_000;

/** The purposes of grants, and break-glass, which only a refusal can be about. */
const PURPOSES = purposeTable.rows;

/** Weighs every cell of a grantee; what is asked again, of whomever, is not weighed again. */
export class Cells {
  readonly #setting: Setting;
  readonly #times: readonly Interval[];
  readonly #rules: readonly Rule[];
  readonly #families: ReadonlyMap<Rule, string>;
  readonly #known = new Map<string, Ceiling>();
  #left = MOST_STEPS;

  /** @param at milliseconds: what ended before is left out */
  constructor(setting: Setting, at: number) {
    this.#setting = setting;
    const roots = setting.consents.flatMap(({ root }) => (root === undefined ? [] : [root]));
    this.#rules = roots.flatMap(rulesIn);
    this.#times = timesOf(this.#rules, at);
    this.#families = familiesOf(setting.consents);
  }

  /**
   * @param records those that general grants must suit, too
   * @param isBroken whether it is about break-glass
   */
  of(grantee: string, place: Place, records: readonly string[], isBroken = false): WeighedCell[] {
    const purposes = PURPOSES.filter(({ name }) => (name === "BTG") === isBroken);
    return purposes.flatMap((purpose) =>
      ACTIONS.flatMap((action) =>
        this.#times.map((time) => {
          const cell = { grantee, purpose, action, time, programme: place.programme };
          return { ...cell, ceiling: this.#ceiling(cell, place.record, records) };
        }),
      ),
    );
  }

  /** Throws MalformedResourceError where documents would take too long. */
  #spend(steps: number): void {
    this.#left -= steps * this.#rules.length;
    if (this.#left < 0) throw new MalformedResourceError("Consent.provision", "of fewer rules, recipients and periods");
  }

  #ceiling(cell: Cell, record: string | undefined, records: readonly string[]): Ceiling {
    this.#spend(2);
    const best = this.#rules.map((rule) => this.#match(rule, cell, true));
    const worst = this.#rules.map((rule) => this.#match(rule, cell, false));
    const key = [best.join(""), worst.join(""), record ?? "", ...records].join(" ");
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    this.#spend(STEPS_OF_CEILING);
    const lookUp = (matches: readonly Match[]) => {
      const byRule = new Map(this.#rules.map((rule, i) => [rule, matches[i] ?? NO]));
      return (rule: Rule): Match => byRule.get(rule) ?? NO;
    };
    const ceiling = ceilingOf({ ...this.#setting, records }, record, { best: lookUp(best), worst: lookUp(worst) });
    this.#known.set(key, ceiling);
    return ceiling;
  }

  #match(rule: Rule, cell: Cell, atBest: boolean): Match {
    const family = this.#families.get(rule);
    if (family !== undefined && family !== familyOf(cell.purpose.name)) return NO;
    return matchCell(rule, cell, this.#setting.resolved, atBest);
  }
}

/** The families that consents are bound to, by their roots. */
function familiesOf(consents: readonly ParsedConsent[]): Map<Rule, string> {
  return new Map(
    consents.flatMap(({ root, family }) =>
      root === undefined || family === undefined ? [] : [[root, family] as const],
    ),
  );
}

/** From each moment at which a rule begins or ends to the next. */
function timesOf(rules: readonly Rule[], at: number): Interval[] {
  const moments = new Set([-Infinity, Infinity]);
  for (const { bounds } of rules) {
    if (bounds.period === undefined) continue;
    moments.add(bounds.period.start);
    moments.add(bounds.period.end);
  }
  const sorted = [...moments].sort((a, b) => a - b);
  return sorted.slice(1).flatMap((end, i) => (end > at ? [{ start: sorted[i] ?? -Infinity, end }] : []));
}
