import { InvalidStatementTextsError } from "../errors/statements.js";
import { fill } from "./fill.js";
import { textOfStamp } from "./moments.js";
import { replacedOf, sentenceOf } from "./sentence.js";
import { checkStatement, type StatementInput } from "./stated.js";
import { type Locale, toTexts } from "./texts/index.js";
import type { StatementTexts } from "./texts/types.js";

const ID = /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\/[1-9]\d{0,5}$/;

/**
 * Puts a grant into words: the one text that the patient reads and signs, a sentence for each consent.
 *
 * It says what the terms say and nothing else: whose data, when it is said, to whom (by address: the chain knows no names),
 * each category, purpose and action by its name, what it is about, from when, until when, what narrows it, and what it
 * replaces. Times are in UTC. No two grants read the same, and the same one always reads the same, so that
 * `verifyStatement` proves later what was signed.
 *
 * @param statement the grants as the contract takes them; `issuedAt` in milliseconds or a Date
 * @param locale a language, or texts of your own; English if left out
 * @returns lines, the first of which names language and version of the texts
 * @throws InvalidAddressError, InvalidDateError, InvalidParameterError, InvalidRecordIdError, UnknownBitsError
 * @throws ConditionalWithoutDocumentError, UnknownLocaleError, InvalidStatementTextsError
 * @example
 * import { renderStatement } from "@consentry/sdk";
 *
 * const text = renderStatement({ patient, grants: [{ grantee, scope, terms }], issuedAt: new Date() });
 * console.log(text.split("\n")[0]); // "Consent to the use of health data [Consentry en/1]"
 */
export function renderStatement(statement: StatementInput, locale: Locale | StatementTexts = "en"): string {
  const texts = toTexts(locale);
  if (!ID.test(texts.id)) throw new InvalidStatementTextsError("id", 'language and version, as in "en/1"');
  const { patient, grants, issuedAt, document } = checkStatement(statement);
  const consents = grants.flatMap((grant, i) => [
    sentenceOf(grant, i + 1, document, texts),
    replacedOf(grant.replaces, i + 1, texts),
  ]);
  const lines = [
    `${fill("heading", texts.heading, {})} [Consentry ${texts.id}]`,
    fill("said", texts.said, { issuedAt: textOfStamp(issuedAt), patient }),
    ...consents,
    document === undefined ? undefined : fill("document", texts.document, { document }),
  ];
  return lines.filter((line) => line !== undefined).join("\n");
}
