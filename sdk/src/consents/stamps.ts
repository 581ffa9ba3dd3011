import type { Context } from "../context.js";
import { blockOf } from "../reads/blockOf.js";
import { EMERGENCY_SCOPE, GENERAL_SCOPE } from "../scopes/scope.js";
import { atBlock } from "../transport/blocks.js";
import { mapInTurns } from "../values/lists.js";
import { endsUntil, stampOf } from "./terms.js";

/** Where a word of a patient stands. */
export interface Place {
  grantee: string;
  scope: string;
}

/** The words of a patient in these places, in their order, at the newest block. */
export async function wordsAt(context: Context, patient: string, places: readonly Place[]): Promise<bigint[]> {
  const at = atBlock(await blockOf(context));
  return mapInTurns(places, ({ grantee, scope }) => context.consents.termsOf(patient, grantee, scope, at));
}

/**
 * The stamps which a word in these places must be newer than to count: of the words that stand there, and, of a narrower
 * scope, of what the GENERAL word to the same grantee ended.
 */
export async function stampsAt(
  context: Context,
  patient: string,
  places: readonly Place[],
  words: readonly bigint[],
): Promise<bigint[]> {
  const narrower = places.filter(({ scope }) => scope !== GENERAL_SCOPE && scope !== EMERGENCY_SCOPE);
  const grantees = [...new Set(narrower.map(({ grantee }) => grantee))];
  const generals = await wordsAt(
    context,
    patient,
    grantees.map((grantee) => ({ grantee, scope: GENERAL_SCOPE })),
  );
  return [...words.map(stampOf), ...generals.map(endsUntil)];
}
