import { presentWords } from "../consents/list.js";
import { stampOf } from "../consents/terms.js";
import { InvalidParameterError } from "../errors/input.js";
import { representatives } from "../patients/representatives.js";
import { blockOf } from "../reads/blockOf.js";
import { EMERGENCY_SCOPE } from "../scopes/scope.js";
import { parseStatement } from "../signing/parseStatement.js";
import { latest } from "../signing/stamp.js";
import { atBlock } from "../transport/blocks.js";
import type { Both } from "./decide.js";
import { hasMoved } from "./hasMoved.js";
import { appointed, guardiansAt, wordsToCarry } from "./plan.js";
import type { MovingPlan } from "./types.js";

type Contexts = Pick<Both, "before" | "after">;

/**
 * Sees to it that a plan is what would be planned now, so that nothing is said again that was withdrawn since it was read.
 *
 * @returns the least stamp of what is signed: newer than all that the predecessor holds
 * @throws InvalidParameterError
 */
export async function requireCurrent({ before, after }: Contexts, plan: MovingPlan): Promise<bigint> {
  const { patient } = plan;
  const here = await blockOf(before);
  const there = await blockOf(after);
  const { words, refusals } = await wordsToCarry({ before, after }, patient, here, there);
  const guardians = await guardiansAt(before, patient, here);
  const appointments = await appointed({ before, after }, patient);
  const carried = plan.consents.map(({ grantee, scope, word }) => [grantee, scope.id, BigInt(word)]);
  const isSame =
    isSameSet(
      carried,
      words.map(({ grantee, scope, word }) => [grantee, scope, word]),
    ) &&
    isSameSet(plan.refusals.map(placeOf), refusals.map(placeOf)) &&
    isSameSet(plan.representatives.map(periodOf), appointments.map(periodOf)) &&
    guardians?.commitment === plan.guardians?.commitment &&
    guardians?.delay === plan.guardians?.delay;
  if (isSame) return (await lastStampOf({ before, after }, patient)) + 1n;
  throw new InvalidParameterError("plan", "what the patient's words are now", "Read, and show, it anew.");
}

/**
 * Sees to it that the patient, who has not moved, has said nothing to the predecessor since statements were signed.
 *
 * @throws InvalidParameterError; InvalidStatementError
 */
export async function requireNotOutdated(contexts: Contexts, statements: readonly unknown[]): Promise<void> {
  const stamps = new Map<string, bigint>();
  for (const statement of statements) {
    const { primaryType, message } = parseStatement(statement);
    // Refusals, which may have the stamp of old, harm nobody.
    if (primaryType === "Grants" || primaryType === "AppointRepresentative" || primaryType === "SetGuardians")
      stamps.set(message.patient, earlier(stamps.get(message.patient), BigInt(message.issuedAt)));
  }
  for (const [patient, stamp] of stamps) {
    if (await hasMoved(contexts.after, patient)) continue;
    if ((await lastStampOf(contexts, patient)) < stamp) continue;
    const hint = "The patient has said something to the predecessor since: plan and sign anew.";
    throw new InvalidParameterError("statements", "newer than what the patient said last", hint);
  }
}

function earlier(one: bigint | undefined, other: bigint): bigint {
  return one === undefined || other < one ? other : one;
}

/** The stamp of the last word in the predecessor: of consents, representatives, guardians. */
async function lastStampOf({ before }: Contexts, patient: string): Promise<bigint> {
  const here = await blockOf(before);
  const words = await presentWords(before, { patient }, here);
  const said = words.filter(({ scope }) => scope !== EMERGENCY_SCOPE).map(({ word }) => stampOf(word));
  const { issuedAt: guarded } = await before.consents.guardiansOf(patient, atBlock(here));
  const stated = (await representatives(before, patient)).map(({ statedAt }) => BigInt(statedAt.getTime()));
  return latest([await before.consents.voidBeforeOf(patient, atBlock(here)), guarded, ...stated, ...said]);
}

function placeOf({ grantee, scope }: MovingPlan["refusals"][number]): string[] {
  return [grantee, scope.id];
}

function periodOf({ representative, from, until }: MovingPlan["representatives"][number]): string[] {
  return [representative, String(from?.getTime()), String(until instanceof Date ? until.getTime() : until)];
}

function isSameSet(one: readonly unknown[][], other: readonly unknown[][]): boolean {
  const [ones, others] = [one, other].map((each) => each.map((item) => item.join()).sort());
  return JSON.stringify(ones) === JSON.stringify(others);
}
