import type { Context } from "../context.js";
import { EMERGENCY_SCOPE, GENERAL_SCOPE } from "../scopes/scope.js";
import { endsUntil, stampOf } from "./terms.js";

/** Where a word of a patient stands. */
export interface Place {
  grantee: string;
  scope: string;
}

/** The words of a patient in these places, in their order, at a block or the newest one. */
export async function wordsAt(
  { consents }: Context,
  patient: string,
  places: readonly Place[],
  blockTag: number | "latest" = "latest",
): Promise<bigint[]> {
  return Promise.all(places.map(({ grantee, scope }) => consents.termsOf(patient, grantee, scope, { blockTag })));
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
