import type { HeardWord } from "../consents/heard.js";
import type { Terms } from "../consents/terms.js";
import type { ListedProvider, UnlistedProvider } from "../providers/get.js";
import { scopeText } from "../scopes/scope.js";
import { ANY_PROVIDER } from "../values/address.js";
import type { End } from "../values/dates.js";
import type { DecisionName } from "./names.js";
import { decisionTexts } from "./texts.js";
import type { Missing } from "../consents/explain.js";

/** What an explanation is made of. */
interface Reasons {
  decision: DecisionName;
  /** The word that decided, or that came closest. */
  word: HeardWord | undefined;
  missing: Missing;
  provider: ListedProvider | UnlistedProvider | undefined;
}

/** What a decision means and what to do about it, with what it rests on. */
export function explanationOf(reasons: Reasons): string {
  const { explanation } = decisionTexts[reasons.decision];
  const detail = detailOf(reasons);
  return detail === undefined ? explanation : `${explanation} ${detail}`;
}

function detailOf({ decision, word, missing, provider }: Reasons): string | undefined {
  if (decision === "GranteeNotActive") return standingText(provider);
  if (decision === "NoConsent") return lackText("A consent would have to name", missing);
  if (word === undefined) return undefined;
  if (word.terms === undefined) return `It was refused on ${iso(word.statedAt)} to ${placeText(word)}.`;
  switch (decision) {
    case "Revoked":
      return `The consent of ${saidText(word)} ${endingText(word)}.`;
    case "NotYetValid":
      return `The consent of ${saidText(word)} starts at ${iso(word.terms.from)}.`;
    case "Expired":
      return `The consent of ${saidText(word)} ended at ${iso(word.terms.until)}.`;
    case "CategoryNotCovered":
    case "PurposeNotCovered":
    case "ActionNotCovered":
      return lackText(`The nearest consent, of ${saidText(word)}, lacks`, missing);
    case "Withheld":
      return undefined;
    default:
      return `It rests on what was said on ${saidText(word)}: ${termsText(word.terms)}.`;
  }
}

function saidText(word: HeardWord): string {
  return `${iso(word.statedAt)} to ${placeText(word)}`;
}

function placeText({ holder, scope }: HeardWord): string {
  return `${holder === ANY_PROVIDER ? "every active provider" : holder}, in ${scopeText(scope)}`;
}

function termsText({ categories, purposes, actions, until }: Terms): string {
  const end = until === "until-revoked" ? "until it is revoked" : `until ${iso(until)}`;
  return `${categories.join(", ")} for ${purposes.join(", ")} to ${actions.join(", ")}, ${end}`;
}

function endingText({ endedBy }: HeardWord): string {
  if (endedBy === undefined) return "was ended";
  const what =
    endedBy.type === "AllRevoked" ? "a withdrawal of everything" : "a withdrawal from the provider altogether";
  return `was ended by ${what}, of ${iso(endedBy.until)}`;
}

function lackText(beginning: string, { categories, purposes, actions }: Missing): string {
  const kinds = [
    ["categories", categories],
    ["purposes", purposes],
    ["actions", actions],
  ] as const;
  const named = kinds.filter(([, names]) => names.length > 0).map(([kind, names]) => `${kind} ${names.join(", ")}`);
  return `${beginning} ${named.join("; ")}.`;
}

function standingText(provider: Reasons["provider"]): string | undefined {
  if (provider === undefined || provider.standing === "unlisted") return undefined;
  if (provider.standing !== "active") return `It is ${provider.standing}.`;
  return `Its accreditation ended at ${iso(provider.until)}.`;
}

function iso(date: End | undefined): string {
  return date instanceof Date ? date.toISOString() : "no time";
}
