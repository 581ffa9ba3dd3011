import { ANY_PROVIDER, type ListedConsent, type Scope, type Terms } from "@consentry/sdk";

/** What a patient said to one grantee. */
export interface OfGrantee {
  readonly grantee: string;
  /** The present word of each scope. */
  readonly words: readonly ListedConsent[];
}

/** A word that allows something. */
export type Consent = ListedConsent & { readonly terms: Terms };

/** Every grantee with what was said to it, in the order in which it was first spoken to. */
export function byGrantee(all: readonly ListedConsent[]): OfGrantee[] {
  const groups = new Map<string, ListedConsent[]>();
  for (const word of all) {
    const others = groups.get(word.grantee);
    if (others === undefined) groups.set(word.grantee, [word]);
    else others.push(word);
  }
  return [...groups].map(([grantee, words]) => ({ grantee, words }));
}

/** Whether a word allows something, now or from a later time on; a chain that is idle has not noticed every end. */
export function isStanding(word: ListedConsent, now: number): word is Consent {
  const { status, terms } = word;
  if (terms === undefined || (status !== "live" && status !== "upcoming")) return false;
  return !(terms.until instanceof Date) || terms.until.getTime() > now;
}

/** What stands of it. */
export function standing({ words }: OfGrantee, now: number): Consent[] {
  return words.filter((word) => isStanding(word, now));
}

/** Whether a word hides one record. */
export function hidesRecord({ scope, status }: ListedConsent): boolean {
  return scope.kind === "record" && status === "refused";
}

/** Whether a consent had ended before it was said: it only takes the place of a refusal, so that a record is shown again. */
export function isLift({
  scope,
  terms,
  statedAt,
}: {
  scope: Scope;
  terms: Terms | undefined;
  statedAt: Date;
}): boolean {
  return scope.kind === "record" && terms?.until instanceof Date && terms.until <= statedAt;
}

/** Whether a word is over: it neither stands nor is about hiding a record. */
export function isPast(word: ListedConsent, now: number): boolean {
  return !isStanding(word, now) && !hidesRecord(word) && !isLift(word);
}

/** Whether it was said to all active providers at once. */
export function isToAll({ grantee }: Pick<OfGrantee, "grantee">): boolean {
  return grantee === ANY_PROVIDER;
}
