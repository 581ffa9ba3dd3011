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
import { latest, nextStamp, nextStampOfWithdrawal } from "../signing/stamp.js";
import type { SignedStatement } from "../signing/types.js";
import { atBlock } from "../transport/blocks.js";
import { requireCurrent } from "./current.js";
import type { Both } from "./decide.js";
import { consentGroups, refusalGroups } from "./groups.js";
import type { CarriedConsent, MovingPlan, SignPlanOptions } from "./types.js";

/** How long what is signed may be under way, in seconds: what was revoked since in the predecessor would come back with it. */
const UNDER_WAY = 3600;

/** Has the controller sign what a plan says: refusals first, so that no consent is there without them; the move last. */
export async function sign(both: Both, plan: MovingPlan, options: SignPlanOptions = {}): Promise<SignedStatement[]> {
  const { after } = both;
  const { by } = options;
  const { noOlderThan, ...signer } = await speakerOf(after, { by });
  await requireMovable(both, plan.patient, signer);
  const speaker = { ...signer, noOlderThan: latest([noOlderThan, await requireCurrent(both, plan)]) };
  const deadline = (await blockOf(after)).timestamp + UNDER_WAY;
  const signed: SignedStatement[] = [];
  const { patient } = plan;
  for (const refusals of refusalGroups(plan)) signed.push(await signRefusals(after, speaker, plan, refusals));
  for (const group of consentGroups(plan)) {
    const [{ document = ZeroHash }] = group;
    const said = { patient, grants: group.map(preparedOf), document, locale: options.locale };
    signed.push(await signPrepared(after, speaker, said, { deadline }));
  }
  for (const { representative, from, until } of plan.representatives) {
    signed.push(await signAppointRepresentative(after, { patient, representative, from, until }, { by, deadline }));
  }
  signed.push(await signMove(after, speaker, plan, deadline));
  return signed;
}

/** Only the controller can move a patient, and nobody can while guardians give control to somebody else. */
async function requireMovable(
  { before, after }: Both,
  patient: string,
  { account }: Pick<Speaker, "account">,
): Promise<void> {
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
  const issuedAt = await stampOfRefusals(context, patient, speaker, refusals);
  return signStatement(context, speaker, "Revocations", { patient, revocations, issuedAt: String(issuedAt) });
}

/** What was signed under a former controller is void, whatever its stamp. */
async function stampOfRefusals(
  context: Context,
  patient: string,
  speaker: Speaker,
  [first]: MovingPlan["refusals"],
): Promise<bigint> {
  if (first?.issuedAt === undefined) return nextStampOfWithdrawal(context, patient, speaker, []);
  const controlSince = await context.consents.controlSinceOf(patient);
  return latest([BigInt(first.issuedAt), controlSince + 1n]);
}

/** Those who guard the patient already: what is first said of guardians settles control. */
async function signMove(
  context: Context,
  speaker: Speaker,
  { patient, guardians }: MovingPlan,
  until: number,
): Promise<SignedStatement> {
  const { commitment, delay } = guardians ?? { commitment: ZeroHash, delay: 0 };
  const { issuedAt: said } = await context.consents.guardiansOf(patient);
  const issuedAt = await nextStamp(context, patient, speaker, [said]);
  const deadline = String(deadlineOf({ deadline: until }, issuedAt));
  const message = { patient, commitment, delay: String(delay), issuedAt: String(issuedAt), deadline };
  return signStatement(context, speaker, "SetGuardians", message);
}

/** The very bits: in names, a purpose would bring its sub-codes along. In the GENERAL scope the registry sets the start. */
function preparedOf({ grantee, scope, word }: CarriedConsent): PreparedGrant {
  const bits = unpackTerms(BigInt(word));
  const notBefore = scope.id === GENERAL_SCOPE ? 0n : bits.notBefore;
  return { grantee, scope: scope.id, bits: { ...bits, notBefore }, families: [], path: "" };
}
