import { UnknownLocaleError } from "../../errors/statements.js";
import { en } from "./en.js";
import type { StatementTexts } from "./types.js";

/** The texts of statements by language, in their newest version. */
export const statementTexts = { en } as const satisfies Record<string, StatementTexts>;

/** A language that statements can be written in. */
export type Locale = keyof typeof statementTexts;

/** Every version of the texts that was ever signed: none may be removed. */
export const everyTexts: readonly StatementTexts[] = [en];

/** The texts of a language, or texts as they are; throws {@link UnknownLocaleError}. */
export function toTexts(locale: Locale | StatementTexts): StatementTexts {
  if (typeof locale === "object" && (locale as unknown) !== null) return locale;
  if (typeof locale === "string" && Object.hasOwn(statementTexts, locale)) return statementTexts[locale];
  throw new UnknownLocaleError(typeof locale === "string" ? locale : typeof locale, Object.keys(statementTexts));
}
