import { expect } from "chai";
import { approvedBy, DAY, guarded, keyVoice, passkeyVoice, ROUTES } from "../../../../sdk/patients/world.js";
import { networkHelpers } from "../../../../sdk/setup.js";
import { type Stage, UNTIL } from "./stage.js";

/** Everything about who speaks for the patient, directly and signed; ends with a recovery. */
export async function control(stage: Stage): Promise<void> {
  const { patient, spouseAddress: representative } = stage;
  for (const { say } of ROUTES) {
    await say(stage, patient, "setExclusions", { categories: ["PSY", "HIV"] });
    await say(stage, patient, "appointRepresentative", { representative, until: UNTIL });
    await say(stage, patient, "dismissRepresentative", { representative });
    await say(stage, patient, "createDependent", {});
  }
  await passOn(stage);
  await recover(stage);
}

/** Somebody else passes control on by a transaction of their own. */
async function passOn({ heir, spouse, spouseAddress: patient }: Stage): Promise<void> {
  const acceptance = await heir.patients.acceptControl.sign({ patient }, { by: keyVoice().by });
  await spouse.patients.transferControl({ controller: acceptance.message.controller, acceptance });
}

/** Guardians are named, approve a recovery that is cancelled, and another that goes through; then a passkey takes over. */
async function recover(stage: Stage): Promise<void> {
  const { as, address, heir, patient } = stage;
  const { guardians, voices } = await guarded(stage);
  for (const { say } of ROUTES) {
    const { approvals } = await approvedBy(stage, guardians, voices.slice(0, 2));
    await as.stranger.patients.startRecovery({ guardians, approvals });
    await say(stage, patient, "cancelRecovery", { patient: address });
    await networkHelpers.time.increase(1);
  }
  const { approvals } = await approvedBy(stage, guardians, voices);
  await as.stranger.patients.startRecovery({ guardians, approvals });
  await networkHelpers.time.increase(2 * DAY);
  await as.stranger.patients.completeRecovery({ patient: address });
  expect((await patient.patients.get(address)).controller).to.equal(stage.heirAddress);
  await as.relayer.relay.submit(await heir.patients.setGuardians.sign({ guardians, delay: { days: 2 } }));
  const { by } = await passkeyVoice(stage);
  const acceptance = await heir.patients.acceptControl.sign({ patient: address }, { by });
  const { controller } = acceptance.message;
  const passed = await heir.patients.transferControl.sign({ patient: address, controller, acceptance });
  await as.relayer.relay.submit(passed);
  await as.relayer.relay.submit(await heir.consents.revokeAll.sign({ patient: address }, { by }));
}
