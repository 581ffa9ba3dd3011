import { type DataLabels, dataLabels, hasOther } from "../consent/labels.js";
import type { ClassList, DataReference, Effect, LabelList, Parties } from "../consent/types.js";
import type { Interval } from "../dates.js";
import { kindOf } from "../kindOf.js";
import { compare, type Names, ownNames } from "../references.js";
import { matchAuthors } from "./authors.js";
import { codesAnywhere, hasUnreadCode, mainCodes } from "./codes.js";
import { either, MAYBE, type Match, NO, YES } from "./match.js";
import { mediaOf } from "./media.js";
import { referencesIn } from "./referred.js";
import { matchTime } from "./times.js";
import { labelsOfUnit, type Unit } from "./units.js";
import type { Matter } from "./weigh.js";

/** What else is asked for: resources by their names. */
export type World = ReadonlyMap<string, Facts>;

/**
 * One resource, as rules ask about it. Each fact is looked up when a rule asks.
 *
 * Of what is contained, class and labels are its own; all else is that of the resource which contains it.
 */
export class Facts implements Matter {
  readonly #timeZone: string;
  readonly #world: () => World;
  readonly #extraNames: Names;
  #labels: DataLabels | undefined;
  #names: Names | undefined;

  /**
   * @param unit the resource
   * @param extraNames what the caller knows it by
   * @param world all resources that are asked for
   */
  constructor(
    readonly unit: Unit,
    extraNames: Names,
    timeZone: string,
    world: () => World,
  ) {
    this.#timeZone = timeZone;
    this.#world = world;
    this.#extraNames = extraNames;
  }

  get names(): Names {
    const { resource, type, path } = this.#host;
    return (this.#names ??= [...ownNames(resource, type, path), ...this.#extraNames]);
  }

  get #host(): Unit {
    return this.unit.host ?? this.unit;
  }

  get #allLabels(): DataLabels {
    return (this.#labels ??= dataLabels(labelsOfUnit(this.unit)));
  }

  labels(list: LabelList, effect: Effect): Match {
    const mine = this.#allLabels;
    const keys = effect === "permit" ? mine.effective : mine.all;
    if ((list.bits & mine.bits) !== 0) return YES;
    for (const key of list.keys) if (keys.has(key)) return YES;
    return effect === "deny" && list.hasUnknown && hasOther(mine) ? MAYBE : NO;
  }

  classes(list: ClassList): Match {
    return matchClass(this.unit, list);
  }

  codes(codes: ReadonlySet<string>, effect: Effect): Match {
    const mine = effect === "permit" ? mainCodes(this.#host) : codesAnywhere(this.#host);
    for (const code of mine) if (codes.has(code)) return YES;
    return hasUnreadCode(this.unit) || hasUnreadCode(this.#host) ? MAYBE : NO;
  }

  time(interval: Interval): Match {
    return matchTime(
      this.unit.host === undefined ? [this.unit] : [this.unit.host, this.unit],
      interval,
      this.#timeZone,
    );
  }

  authors(parties: Parties): Match {
    return matchAuthors(this.#host, parties.known);
  }

  references(references: readonly DataReference[], effect: Effect): Match {
    let match: Match = NO;
    for (const reference of references) {
      const each = this.#reference(reference, effect);
      if (each === YES) return YES;
      if (each === MAYBE) match = MAYBE;
    }
    return match;
  }

  #reference({ meaning, names }: DataReference, effect: Effect): Match {
    if (meaning === "authoredby") return matchAuthors(this.#host, [names]);
    const own = this.#is(names, effect);
    if (own === YES || meaning === "instance") return own;
    if (meaning === "dependents") return either(refersTo(this.#host, names), own);
    return this.#isReferredToBy(names, own);
  }

  #is(names: Names, effect: Effect): Match {
    const sameness = this.names.length === 0 ? "unclear" : compare(this.names, names);
    if (sameness === "same") return YES;
    if (sameness === "unclear") return MAYBE;
    const isItself = effect === "deny" && compare(partNames(this.unit), names) === "same";
    return isItself ? YES : NO;
  }

  /** Of what is not among the resources asked for nobody knows what it refers to. */
  #isReferredToBy(names: Names, own: Match): Match {
    const world = this.#world();
    const instance = names.map((name) => world.get(name)).find((facts) => facts !== undefined);
    if (instance === undefined) return MAYBE;
    return either(refersTo(instance.unit, this.names), own);
  }
}

function matchClass({ resource, type, path }: Unit, { types, kinds, media }: ClassList): Match {
  if (types.has(type)) return YES;
  if (kinds.size > 0 && kinds.has(kindOf(resource, type, path))) return YES;
  const mine = media.size > 0 ? mediaOf(resource, type) : [];
  if (mine.some((each) => each !== undefined && media.has(each))) return YES;
  return mine.includes(undefined) ? MAYBE : NO;
}

function partNames({ resource, type, path }: Unit): Names {
  return ownNames(resource, type, path);
}

/** Nobody can tell where type and id are the same, and the servers are not. */
function refersTo({ resource, path }: Unit, names: Names): Match {
  const referred = referencesIn(resource, path);
  if (names.some((name) => referred.has(name))) return YES;
  const ends = new Set([...referred].map(typeAndId));
  return names.some((name) => ends.has(typeAndId(name))) ? MAYBE : NO;
}

function typeAndId(name: string): string {
  return name.split("/").slice(-2).join("/");
}
