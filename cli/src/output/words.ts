import { ANY_PROVIDER, type Scope, type Terms } from "@consentry/sdk";

/** An address, or everybody by name. */
export function partyText(address: string): string {
  return address === ANY_PROVIDER ? "ANY_PROVIDER" : address;
}

/** What a word is about. */
export function scopeText(scope: Scope): string {
  switch (scope.kind) {
    case "purpose":
      return `purpose ${scope.family}`;
    case "record":
      return `record ${scope.record}`;
    case "programme":
      return `programme ${scope.programme}`;
    case "unknown":
      return `unknown ${scope.id}`;
    default:
      return scope.kind;
  }
}

/** What was granted, without its times; undefined is a refusal. */
export function termsText(terms: Terms | undefined): string {
  if (terms === undefined) return "nothing: a refusal";
  const { categories, purposes, actions, conditional } = terms;
  const what = `${categories.join(", ")} for ${purposes.join(", ")} to ${actions.join(", ")}`;
  return conditional ? `${what}, narrowed by a document` : what;
}

/** From when until when it was granted. */
export function periodText({ from, until }: Pick<Terms, "from" | "until">): string {
  const end = until === "until-revoked" ? "until revoked" : `until ${timeText(until)}`;
  return from === undefined ? end : `from ${timeText(from)} ${end}`;
}

/** A time in UTC; of a time that is whole, without milliseconds. */
export function timeText(time: Date | "until-revoked"): string {
  return time instanceof Date ? time.toISOString().replace(".000Z", "Z") : "until revoked";
}
