import type { ConsentInput } from "@consentry/sdk";
import type { Draft } from "./draft.js";
import { untilOf } from "./ends.js";

/** The parameters of a grant; `asked` is for requests, which say it themselves. */
export function termsOf({ categories, purposes, actions, end, date }: Draft): Omit<ConsentInput, "grantee"> {
  return { categories, purposes, actions, ...untilOf(end === "asked" ? "date" : end, date) };
}
