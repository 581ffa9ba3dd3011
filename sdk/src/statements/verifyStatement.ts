import { UnknownStatementTextsError } from "../errors/statements.js";
import { nonEmpty } from "../values/lists.js";
import { stampIn } from "./moments.js";
import { renderStatement } from "./renderStatement.js";
import { replacedOf } from "./sentence.js";
import { scopeIn, type StatedGrant, type StatementInput } from "./stated.js";
import { everyTexts } from "./texts/index.js";
import type { StatementTexts } from "./texts/types.js";
import { asStated, wordOf, wordStampedAt } from "./words.js";

const NAMED = /^[^\n]* \[Consentry ([^\]\n]{1,80})\](?:\n|$)/;

/**
 * Proves that a text says what a grant says, by putting the grant into words again, in the language and version that the
 * text names.
 *
 * Words may be given as the chain stores them: their stamps, and the start that the registry gives to a GENERAL word, are
 * not part of what is signed. Give all grants of the statement in their order, also those that were skipped on arrival: they
 * are in the transaction that delivered it. What the text says to replace is compared where `replaces` is given; where it
 * is left out any earlier word may be named.
 *
 * @param text what was signed; compare `keccak256` of it with the `statement` of the transaction for itself
 * @param more texts of your own that it may be made of
 * @returns false if it says anything else
 * @throws UnknownStatementTextsError if nobody can tell; take it as unproved
 * @throws InvalidAddressError, InvalidParameterError and all else that `renderStatement` throws about the grants
 * @example
 * import { renderStatement, verifyStatement } from "@consentry/sdk";
 *
 * const statement = { patient, grants: [{ grantee, scope, terms }], issuedAt };
 * verifyStatement(renderStatement(statement), statement); // true
 */
export function verifyStatement(
  text: string,
  statement: StatementInput,
  more: readonly StatementTexts[] = [],
): boolean {
  const id = typeof text === "string" ? NAMED.exec(text)?.[1] : undefined;
  if (id === undefined) return false;
  const texts = [...everyTexts, ...more].find((each) => each.id === id);
  if (texts === undefined) throw new UnknownStatementTextsError(id);
  const lines = text.split("\n");
  const grants = nonEmpty(statement.grants, "grants").map((grant, i) => asSigned(grant, i + 1, lines, texts));
  return renderStatement({ ...statement, grants }, texts) === text;
}

/** As it was signed: with what the text says that it replaces, if nothing else is known. */
function asSigned(grant: StatedGrant, number: number, lines: readonly string[], texts: StatementTexts): StatedGrant {
  const path = `grants[${number - 1}].`;
  const word = wordOf(grant.terms, path);
  return {
    ...grant,
    terms: typeof word === "bigint" ? asStated(word, scopeIn(grant.scope, `${path}scope`)) : word,
    replaces: grant.replaces ?? claimedBy(lines, number, texts),
  };
}

/** A word of the kind and the time that a line names; 0 if no line does. */
function claimedBy(lines: readonly string[], number: number, texts: StatementTexts): bigint {
  for (const line of lines) {
    const stamp = stampIn(line) ?? 0n;
    const words = [wordStampedAt(stamp, "refusal"), wordStampedAt(stamp, "consent")];
    const word = words.find((each) => replacedOf(each, number, texts) === line);
    if (word !== undefined) return word;
  }
  return 0n;
}
