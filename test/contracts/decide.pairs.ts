import {
  type Case,
  condition,
  everything,
  granted,
  type Holder,
  later,
  noAccess,
  noLabs,
  noTreatment,
  over,
  type Said,
  type ScopeName,
  type Step,
} from "./decide.vocabulary.js";

const voided: Said = {};

const REASONS = [
  [voided, "Revoked"],
  [later, "NotYetValid"],
  [over, "Expired"],
  [noLabs, "CategoryNotCovered"],
  [noTreatment, "PurposeNotCovered"],
  [noAccess, "ActionNotCovered"],
] as const;

/** Places that a request about a record in a programme reads, in the order of reading. */
const PLACES: readonly (readonly [Holder, ScopeName])[] = [
  ["clinic", "record"],
  ["any", "record"],
  ["clinic", "study"],
  ["clinic", "TREATMENT"],
  ["clinic", "GENERAL"],
  ["any", "TREATMENT"],
  ["any", "GENERAL"],
];

const isRecord = ([, scope]: readonly [Holder, ScopeName]) => scope === "record";

/** Each reason from each place alone; a GENERAL grant can't be stated to start later. */
const reasons: Case[] = PLACES.flatMap((place) =>
  REASONS.filter(([said]) => said !== later || place[1] !== "GENERAL").map(([said, decision]): Case => {
    const ending: Step[] = said === voided ? [["revokeAll"]] : [["wait", 200]];
    const name = `${decision} from ${place.join(" ")}`;
    return { name, steps: [granted(place, said), ...ending], asked: everything, decision, word: place };
  }),
);

/** A grant, a conditional one and a refusal in each place alone. */
const alone: readonly Case[] = PLACES.flatMap((place): Case[] => {
  const refused = isRecord(place) ? "Withheld" : "Revoked";
  const base = { asked: everything, word: place };
  return [
    { ...base, name: `a grant in ${place.join(" ")} permits`, steps: [granted(place)], decision: "Permit" },
    {
      ...base,
      name: `a conditional one in ${place.join(" ")} permits conditionally`,
      steps: [granted(place, condition)],
      decision: "PermitConditional",
    },
    {
      ...base,
      name: `a refusal in ${place.join(" ")} refuses`,
      steps: [["refuse", ...place]],
      decision: refused,
    },
  ];
});

/** The step to which a place belongs. */
const stepOf = (place: readonly [Holder, ScopeName]) => (isRecord(place) ? 2 : place[0] === "any" ? 4 : 3);

/** Whether a refusal in the second place would end the grant in the first, wherever it is read. */
const kills = ([holder, scope]: readonly [Holder, ScopeName], [first, narrower]: readonly [Holder, ScopeName]) =>
  scope === "GENERAL" && narrower !== "GENERAL" && (holder === first || (holder === "clinic" && first === "any"));

/** Every two places, the first read before the second: which of two words decides. */
const pairs: Case[] = PLACES.flatMap((first, i) =>
  PLACES.slice(i + 1).flatMap((second): Case[] => {
    const refused = isRecord(first) ? "Withheld" : "Revoked";
    const names = `${first.join(" ")} before ${second.join(" ")}`;
    const base = { asked: everything, word: first };
    const sameStep = stepOf(first) === stepOf(second);
    const rows: Case[] = [
      {
        ...base,
        name: `${names}: a grant before a grant`,
        steps: [granted(second), granted(first)],
        decision: "Permit",
      },
      {
        ...base,
        name: `${names}: a refusal before a grant`,
        steps: [["refuse", ...first], granted(second)],
        decision: refused,
      },
      {
        ...base,
        name: `${names}: what does not cover lets the next speak`,
        steps: [granted(first, noAccess), granted(second)],
        decision: "Permit",
        word: second,
      },
      {
        ...base,
        name: `${names}: a conditional grant, then an unconditional one`,
        steps: [granted(first, condition), granted(second)],
        decision: sameStep ? "Permit" : "PermitConditional",
        word: sameStep ? second : first,
      },
      {
        ...base,
        name: `${names}: an unconditional grant, then a conditional one`,
        steps: [granted(first), granted(second, condition)],
        decision: "Permit",
      },
      {
        ...base,
        name: `${names}: of two conditional ones the first`,
        steps: [granted(first, condition), granted(second, condition)],
        decision: "PermitConditional",
      },
      {
        ...base,
        name: `${names}: of two equal reasons the last read`,
        steps: [granted(first, over), granted(second, over), ["wait", 200]],
        decision: "Expired",
        word: second,
      },
      {
        ...base,
        name: `${names}: of two reasons the higher, read first`,
        steps: [granted(first, noAccess), granted(second, noLabs)],
        decision: "ActionNotCovered",
      },
      {
        ...base,
        name: `${names}: of two reasons the higher, read last`,
        steps: [granted(first, over), granted(second, noTreatment), ["wait", 200]],
        decision: "PurposeNotCovered",
        word: second,
      },
    ];
    if (kills(second, first)) return rows;
    rows.push(
      {
        ...base,
        name: `${names}: a grant before a refusal`,
        steps: [granted(first), ["refuse", ...second]],
        decision: "Permit",
      },
      {
        ...base,
        name: `${names}: a conditional cover before a refusal stands`,
        steps: [granted(first, condition), ["refuse", ...second]],
        decision: "PermitConditional",
      },
      {
        ...base,
        name: `${names}: a refusal decides over a higher reason read before`,
        steps: [granted(first, noAccess), ["refuse", ...second]],
        decision: isRecord(second) ? "Withheld" : "Revoked",
        word: second,
      },
    );
    return rows;
  }),
);

/** Every place with every word, and every two places with the words that compete. */
export const PAIRS: readonly Case[] = [...alone, ...reasons, ...pairs];
