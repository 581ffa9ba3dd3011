import { type Action, ANY_PROVIDER, type Category, familyOf, type ListedConsent, type Purpose } from "@consentry/sdk";
import { type Consent, isStanding } from "../words/words.js";

/** Who sees a category: `narrowed` as far as a signed document lets them, `some` only some records or within a programme. */
export type Seen = "yes" | "narrowed" | "some" | "no";

/** Who asks, as far as it matters. */
export interface Viewer {
  readonly grantee: string;
  /** As the directory has it; what nobody lists may see what it was allowed by name. */
  readonly standing: "unlisted" | "inactive" | "active" | "activeCaregiver";
  /** Whether it controls the patient. */
  readonly isController: boolean;
}

/** For what. */
export interface Use {
  readonly purpose: Purpose;
  readonly action: Action;
}

type WordsOf = (holder: string) => readonly ListedConsent[];

/** What decides about one use by one viewer, in the order in which it is heard. */
interface Hearing {
  readonly steps: readonly (readonly ListedConsent[])[];
  /** What allows just some records, or a programme. */
  readonly narrower: readonly Consent[];
}

/**
 * Who sees which category, from a patient's words alone: the same as `consents.decide` for each category by itself.
 *
 * @param now milliseconds
 * @returns the answer for a category
 */
export function seenBy(viewer: Viewer, use: Use, wordsOf: WordsOf, now: number): (category: Category) => Seen {
  if (viewer.isController) return () => "yes";
  if (viewer.standing === "inactive") return () => "no";
  const { steps, narrower } = hearingOf(viewer, use, wordsOf, now);
  const allows = ({ status, terms }: ListedConsent, category: Category): boolean => {
    return status === "live" && terms?.categories.includes(category) === true;
  };
  return (category) => {
    for (const step of steps) {
      const decided = hear(step, (word) => allows(word, category));
      if (decided === "yes" || decided === "narrowed") return decided;
      if (decided === "no") break;
    }
    return narrower.some((word) => allows(word, category)) ? "some" : "no";
  };
}

/** What the words of a step say; undefined if none decides. */
function hear(step: readonly ListedConsent[], allows: (word: ListedConsent) => boolean): Seen | undefined {
  let decided: Seen | undefined;
  for (const word of step) {
    if (word.terms === undefined) return decided ?? "no";
    if (!allows(word)) continue;
    if (!word.terms.conditional) return "yes";
    decided = "narrowed";
  }
  return decided;
}

function hearingOf(viewer: Viewer, use: Use, wordsOf: WordsOf, now: number): Hearing {
  const own = wordsOf(viewer.grantee);
  const general = own.find(({ scope }) => scope.kind === "general");
  const isMeant = viewer.standing === "activeCaregiver" && (general === undefined || general.terms !== undefined);
  const anybodys = wordsOf(ANY_PROVIDER).filter((word) => {
    if (word.terms === undefined) return true;
    return isMeant && word.statedAt.getTime() > endedUntil(general);
  });
  const place = (words: readonly ListedConsent[]): ListedConsent[] => {
    const family = words.filter(({ scope }) => scope.kind === "purpose" && scope.family === familyOf(use.purpose));
    return [...family, ...words.filter(({ scope }) => scope.kind === "general")].filter((word) =>
      isFor(word, use, now),
    );
  };
  const narrower = [...own, ...anybodys].filter((word): word is Consent => {
    const isNarrow = word.scope.kind === "record" || word.scope.kind === "programme";
    return isNarrow && word.terms !== undefined && isFor(word, use, now);
  });
  return { steps: [place(own), place(anybodys)], narrower };
}

/** A refusal is for every use. */
function isFor(word: ListedConsent, { purpose, action }: Use, now: number): boolean {
  if (word.terms === undefined) return true;
  return isStanding(word, now) && word.terms.purposes.includes(purpose) && word.terms.actions.includes(action);
}

/** A GENERAL consent that came after a refusal starts in its second, and what was said before stays ended. */
function endedUntil(general: ListedConsent | undefined): number {
  const from = general?.terms?.from?.getTime();
  return from === undefined ? 0 : Math.floor(from / 1000) * 1000 + 999;
}

const ORDER: readonly Seen[] = ["no", "some", "narrowed", "yes"];

/** The most of several answers. */
export function mostOf(answers: readonly Seen[]): Seen {
  return answers.reduce<Seen>((most, each) => (ORDER.indexOf(each) > ORDER.indexOf(most) ? each : most), "no");
}
