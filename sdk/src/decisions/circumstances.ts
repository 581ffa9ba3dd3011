import type { Context } from "../context.js";
import { abilitiesFromBits } from "../providers/names.js";
import { NO_ID } from "../scopes/ids.js";
import { EMERGENCY_SCOPE, GENERAL_SCOPE } from "../scopes/scope.js";
import { atBlock } from "../transport/blocks.js";
import type { Head } from "../transport/types.js";
import { ANY_PROVIDER } from "../values/address.js";
import { familyScopeOf } from "./family.js";
import type { Circumstances, Profile, Question } from "./hearing.js";

/** A place where a word stands. */
export interface Place {
  holder: string;
  scope: string;
}

/** Every place whose word the answer to a question may depend on. */
export function placesOf({ grantee, record, programme, purpose }: Question): Place[] {
  const scopes = [GENERAL_SCOPE, familyScopeOf(purpose), ...(record === NO_ID ? [] : [record])];
  const own = [...scopes, EMERGENCY_SCOPE, ...(programme === NO_ID ? [] : [programme])];
  return [
    ...[...new Set(own)].map((scope) => ({ holder: grantee, scope })),
    ...[...new Set(scopes)].map((scope) => ({ holder: ANY_PROVIDER, scope })),
  ];
}

/** A place as the key of a map. */
export function keyOf({ holder, scope }: Place): string {
  return `${holder} ${scope}`;
}

/** The words in some places of a patient, at a block. */
export async function wordsIn(
  { consents }: Context,
  patient: string,
  places: readonly Place[],
  block: Head,
): Promise<Map<string, bigint>> {
  const words = places.map(async (place) => {
    return [keyOf(place), await consents.termsOf(patient, place.holder, place.scope, atBlock(block))] as const;
  });
  return new Map(await Promise.all(words));
}

/** All that the answer to a question depends on, at a block, and at its time or another. */
export async function circumstancesOf(
  context: Context,
  question: Question,
  block: Head,
  time = BigInt(block.timestamp),
): Promise<Circumstances> {
  const { consents, providers } = context;
  const { patient, grantee } = question;
  const at = atBlock(block);
  const [words, controller, voidBefore, [excluded], entry] = await Promise.all([
    wordsIn(context, patient, placesOf(question), block),
    consents.controllerOf(patient, at),
    consents.voidBeforeOf(patient, at),
    consents.exclusionsOf(patient, at),
    providers.providerOf(grantee, at),
  ]);
  const profile = profileOf(entry, time);
  const mayBreakGlass = isActive(profile) && abilitiesFromBits(entry.capabilities).includes("emergency");
  const wordOf = (holder: string, scope: string): bigint => words.get(keyOf({ holder, scope })) ?? 0n;
  return { time, controller, voidBefore, excluded, profile, mayBreakGlass, wordOf };
}

const ACTIVE = 1n;
const PRACTITIONER = 1n;

/** As ProviderRegistry has it. */
function profileOf(
  { standing, kind, expiresAt }: { standing: bigint; kind: bigint; expiresAt: bigint },
  time: bigint,
): Profile {
  if (standing === 0n) return "unlisted";
  if (standing !== ACTIVE || time >= expiresAt) return "inactive";
  return kind <= PRACTITIONER ? "activeCaregiver" : "active";
}

function isActive(profile: Profile): boolean {
  return profile === "active" || profile === "activeCaregiver";
}
