import { endsUntil, isTombstone, stampOf } from "../consents/terms.js";
import type { DecideParams } from "../consents/toRequest.js";
import type { DecisionAtBlock } from "../decisions/decision.js";
import { GENERAL_SCOPE } from "../scopes/scope.js";
import { latest } from "../signing/stamp.js";
import { atBlock } from "../transport/blocks.js";
import { ANY_PROVIDER } from "../values/address.js";
import type { Both } from "./decide.js";

/** What the predecessor says, and what the successor does. */
interface Answers {
  here: DecisionAtBlock;
  there: DecisionAtBlock;
}

/**
 * Whether what a patient who has not moved said to the predecessor stands against a permit of the successor, as it would if
 * both had been said to one registry: what ended it later, or is heard before it.
 */
export async function overrules(
  { before, after }: Pick<Both, "before" | "after">,
  { patient }: DecideParams,
  { here, there }: Answers,
): Promise<boolean> {
  const permit = await wordAt(after, patient, there, there);
  if (stampOf(permit) <= (await endedUntil(before, patient, there, here))) return true;
  if (here.decision === "PermitConditional") return stepOf(here) < stepOf(there);
  return placeOf(here) < placeOf(there) && isTombstone(await wordAt(before, patient, here, here));
}

/** The stamp of the last withdrawal in the predecessor that ends a word which stands there: of it, of more, or of all. */
async function endedUntil(
  context: Both["before"],
  patient: string,
  { holder, scope }: DecisionAtBlock,
  block: DecisionAtBlock,
): Promise<bigint> {
  const [voidBefore, same, general] = await Promise.all([
    context.consents.voidBeforeOf(patient, at(block)),
    wordAt(context, patient, { holder, scope }, block),
    wordAt(context, patient, { holder, scope: { id: GENERAL_SCOPE } }, block),
  ]);
  const ended = isTombstone(same) ? stampOf(same) : 0n;
  return latest([voidBefore, ended, scope?.kind === "emergency" ? 0n : endsUntil(general)]);
}

/** The word to a holder in a scope; zero if there is none. */
async function wordAt(
  { consents }: Both["before"],
  patient: string,
  { holder, scope }: { holder: string | undefined; scope: { id: string } | undefined },
  block: DecisionAtBlock,
): Promise<bigint> {
  if (holder === undefined || scope === undefined) return 0n;
  return consents.termsOf(patient, holder, scope.id, at(block));
}

function at({ blockNumber, blockHash, blockTime }: DecisionAtBlock): ReturnType<typeof atBlock> {
  return atBlock({ number: blockNumber, hash: blockHash, timestamp: blockTime.getTime() / 1000 });
}

/** Where a word stands in the order in which a decision hears them, as contracts/libraries/Hearing.sol has it. */
function placeOf({ holder, scope }: DecisionAtBlock): number {
  const isAny = holder === ANY_PROVIDER;
  if (scope?.kind === "record") return isAny ? 1 : 0;
  if (scope?.kind === "programme") return 2;
  if (scope?.kind === "purpose") return isAny ? 5 : 3;
  if (scope?.kind === "general") return isAny ? 6 : 4;
  return 7;
}

/** Words about a record, to the grantee itself, to anybody, break-glass. */
function stepOf(said: DecisionAtBlock): number {
  const place = placeOf(said);
  if (place < 2) return 0;
  if (place < 5) return 1;
  return place < 7 ? 2 : 3;
}
