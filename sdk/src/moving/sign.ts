import { ZeroHash } from "ethers";
import { signPrepared } from "../consents/signGrant.js";
import type { PreparedGrant } from "../consents/toGrant.js";
import { unpackTerms } from "../consents/terms.js";
import type { Context } from "../context.js";
import { NotControllerOfError } from "../errors/contract/control.js";
import { RecoveryUnderWayError } from "../errors/contract/recovery.js";
import { signAppointRepresentative } from "../patients/signAppointRepresentative.js";
import { blockOf } from "../reads/blockOf.js";
import { GENERAL_SCOPE } from "../scopes/scope.js";
import { deadlineOf, signStatement, type Speaker, speakerOf } from "../signing/sign.js";
import { nextStamp, nextStampOfWithdrawal } from "../signing/stamp.js";
import type { SignedStatement } from "../signing/types.js";
import { atBlock } from "../transport/blocks.js";
import type { Both } from "./decide.js";
import type { CarriedConsent, MovingPlan, SignPlanOptions } from "./types.js";

/** So many words go under one signature: more are hard to read, and dear to deliver at once. */
const MOST_TOGETHER = 50;

/** Has the controller sign what a plan says: refusals first, so that no consent is there without them; the move last. */
export async function sign(both: Both, plan: MovingPlan, options: SignPlanOptions = {}): Promise<SignedStatement[]> {
  const { after } = both;
  const { by } = options;
  const speaker = await speakerOf(after, { by });
  await requireMovable(both, plan.patient, speaker);
  const signed: SignedStatement[] = [];
  for (const refusals of inGroups(plan.refusals)) signed.push(await signRefusals(after, speaker, plan, refusals));
  for (const [document, consents] of byDocument(plan.consents)) {
    for (const group of inGroups(consents)) {
      const { patient } = plan;
      const grants = group.map(preparedOf);
      signed.push(await signPrepared(after, speaker, { patient, grants, document, locale: options.locale }, {}));
    }
  }
  for (const { representative, from, until } of plan.representatives) {
    const { patient } = plan;
    signed.push(await signAppointRepresentative(after, { patient, representative, from, until }, { by }));
  }
  signed.push(await signMove(after, speaker, plan));
  return signed;
}

/** Only the controller can move a patient, and nobody can while guardians give control to somebody else. */
async function requireMovable({ before, after }: Both, patient: string, { account }: Speaker): Promise<void> {
  const at = atBlock(await blockOf(after));
  const [controller, { readyAt }] = await Promise.all([
    after.consents.controllerOf(patient, at),
    before.consents.recoveryOf(patient, atBlock(await blockOf(before))),
  ]);
  if (controller !== account) throw new NotControllerOfError({ patient, account });
  if (readyAt !== 0n) throw new RecoveryUnderWayError({ patient });
}

async function signRefusals(
  context: Context,
  speaker: Speaker,
  { patient }: MovingPlan,
  refusals: MovingPlan["refusals"],
): Promise<SignedStatement> {
  const revocations = refusals.map(({ grantee, scope }) => ({ grantee, scope: scope.id }));
  const issuedAt = await nextStampOfWithdrawal(context, patient, speaker, []);
  return signStatement(context, speaker, "Revocations", { patient, revocations, issuedAt: String(issuedAt) });
}

/** Those who guard the patient already: what is first said of guardians settles control. */
async function signMove(
  context: Context,
  speaker: Speaker,
  { patient, guardians }: MovingPlan,
): Promise<SignedStatement> {
  const { commitment, delay } = guardians ?? { commitment: ZeroHash, delay: 0 };
  const { issuedAt: said } = await context.consents.guardiansOf(patient);
  const issuedAt = await nextStamp(context, patient, speaker, [said]);
  const deadline = String(deadlineOf({}, issuedAt));
  const message = { patient, commitment, delay: String(delay), issuedAt: String(issuedAt), deadline };
  return signStatement(context, speaker, "SetGuardians", message);
}

/** The very bits: in names, a purpose would bring its sub-codes along. In the GENERAL scope the registry sets the start. */
function preparedOf({ grantee, scope, word }: CarriedConsent): PreparedGrant {
  const bits = unpackTerms(BigInt(word));
  const notBefore = scope.id === GENERAL_SCOPE ? 0n : bits.notBefore;
  return { grantee, scope: scope.id, bits: { ...bits, notBefore }, families: [], path: "" };
}

/** One signature is for one document at most. */
function byDocument(consents: readonly CarriedConsent[]): Map<string, CarriedConsent[]> {
  const groups = new Map<string, CarriedConsent[]>();
  for (const each of consents) {
    const { document = ZeroHash } = each;
    groups.set(document, [...(groups.get(document) ?? []), each]);
  }
  return groups;
}

function inGroups<Item>(items: readonly Item[]): Item[][] {
  const count = Math.ceil(items.length / MOST_TOGETHER);
  return Array.from({ length: count }, (_, i) => items.slice(i * MOST_TOGETHER, (i + 1) * MOST_TOGETHER));
}
