import { codingsAt, listAt, objectAt } from "../elements.js";
import { type Names, referenceAt } from "../references.js";
import type { Reader } from "./reader.js";
import type { Parties, ReviewIssue } from "./types.js";

const PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";

const ROLES = { IRCP: "recipients", PRCP: "recipients", CST: "custodians", AUT: "authors" } as const;

/** The actors of a rule, by what they mean: who receives, who keeps the data, who wrote them. */
export interface Actors {
  recipients?: Parties;
  custodians?: Parties;
  authors?: Parties;
}

/** Sorts the actors of a rule; those of a role that says something else are left to a person. */
export function actorsAt(value: unknown, path: string, reader: Reader): { actors: Actors; unclear: ReviewIssue[] } {
  const known: Partial<Record<keyof Actors, Parties & { known: Names[]; unclear: ReviewIssue[] }>> = {};
  const where = { consent: reader.consent, path };
  const unclear: ReviewIssue[] = [];
  for (const [i, item] of (listAt(value, path) ?? []).entries()) {
    const at = `${path}[${i}]`;
    const actor = objectAt(item, at);
    unclear.push(...reader.extensionsOf(actor, at, ["role", "reference"]));
    const kind = roleOf(actor["role"], `${at}.role`);
    if (kind === undefined) {
      unclear.push(reader.issue(`${at}.role`, "No rule is known for an actor of this role."));
      continue;
    }
    const list = (known[kind] ??= { known: [], unclear: [], at: where });
    const names = actor["reference"] === undefined ? [] : referenceAt(actor["reference"], `${at}.reference`);
    if (names.length > 0) list.known.push(names);
    else
      list.unclear.push(
        reader.issue(`${at}.reference`, "The actor can't be told: there is no reference that names it."),
      );
  }
  return { actors: known, unclear };
}

/** What every coding of the role says; undefined if they don't say the same. */
function roleOf(role: unknown, path: string): keyof Actors | undefined {
  const kinds = new Set(
    codingsAt(role, path).map(({ system, code }) => {
      return system === PARTICIPATION && Object.hasOwn(ROLES, code) ? ROLES[code as keyof typeof ROLES] : undefined;
    }),
  );
  return kinds.size === 1 ? [...kinds][0] : undefined;
}
