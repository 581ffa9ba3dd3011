import { actionsFromBits } from "../codes/actions.js";
import { categoriesFromBits, isSensitivity } from "../codes/categories.js";
import { purposesFromBits } from "../codes/purposes.js";
import type { Category } from "../codes/types.js";
import { isTombstone, stampOf, type TermBits } from "../consents/terms.js";
import type { Scope } from "../scopes/scope.js";
import { ANY_PROVIDER } from "../values/address.js";
import { UNTIL_REVOKED } from "../values/dates.js";
import { fill, inARow } from "./fill.js";
import { textOfSeconds, textOfStamp } from "./moments.js";
import type { CheckedGrant } from "./stated.js";
import type { StatementTexts } from "./texts/types.js";

/** The sentence of one consent. */
export function sentenceOf(
  { grantee, scope, bits }: CheckedGrant,
  number: number,
  document: string | undefined,
  texts: StatementTexts,
): string {
  const categories = categoriesFromBits(bits.categories);
  return fill("consent", texts.consent, {
    number: String(number),
    grantee: grantee === ANY_PROVIDER ? fill("anyProvider", texts.anyProvider, {}) : grantee,
    actions: inARow("actions", actionsFromBits(bits.actions), texts.actions),
    kinds: kindsOf(categories, texts),
    sensitive: sensitiveOf(categories, texts),
    purposes: inARow("purposes", purposesFromBits(bits.purposes), texts.purposes),
    scope: scopeOf(scope, texts),
    ...periodOf(bits, texts),
    condition: bits.conditional ? fill("conditional", texts.conditional, { document: document ?? "" }) : "",
  });
}

/** The line that says what the consent of this number takes the place of; undefined for the word of nothing. */
export function replacedOf(word: bigint, number: number, texts: StatementTexts): string | undefined {
  if (word === 0n) return undefined;
  const name = isTombstone(word) ? "replacesRefusal" : "replacesConsent";
  return fill(name, texts[name], { number: String(number), issuedAt: textOfStamp(stampOf(word)) });
}

function kindsOf(categories: readonly Category[], texts: StatementTexts): string {
  const kinds = categories.filter((category) => !isSensitivity(category));
  return kinds.length === 0 ? fill("noKind", texts.noKind, {}) : inARow("categories", kinds, texts.categories);
}

function sensitiveOf(categories: readonly Category[], texts: StatementTexts): string {
  const sensitive = categories.filter((category) => isSensitivity(category));
  if (sensitive.length === 0) return fill("notSensitive", texts.notSensitive, {});
  return fill("sensitive", texts.sensitive, { list: inARow("categories", sensitive, texts.categories) });
}

function scopeOf(scope: Scope, { scopes, purposes }: StatementTexts): string {
  if (scope.kind === "purpose") return fill("scopes.purpose", scopes.purpose, { family: purposes[scope.family] });
  if (scope.kind === "record") return fill("scopes.record", scopes.record, { record: scope.record });
  if (scope.kind === "programme") return fill("scopes.programme", scopes.programme, { programme: scope.programme });
  return fill("scopes.general", scopes.general, {});
}

function periodOf({ notBefore, expiresAt }: TermBits, texts: StatementTexts): { start: string; end: string } {
  const start =
    notBefore === 0n ? fill("atOnce", texts.atOnce, {}) : fill("from", texts.from, { time: textOfSeconds(notBefore) });
  if (expiresAt === UNTIL_REVOKED) return { start, end: fill("untilWithdrawn", texts.untilWithdrawn, {}) };
  return { start, end: fill("until", texts.until, { time: textOfSeconds(expiresAt) }) };
}
