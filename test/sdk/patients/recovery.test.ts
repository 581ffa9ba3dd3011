import {
  ApprovalsCancelledError,
  ApprovalsNotInOrderError,
  connect,
  DeadlinePassedError,
  DeadlineTooFarError,
  InvalidAddressError,
  InvalidControllerError,
  InvalidParameterError,
  InvalidSignatureError,
  InvalidStatementError,
  newGuardians,
  NoRecoveryError,
  NoSignerError,
  NotControllerOfError,
  NotDeliverableError,
  NotGuardianError,
  NothingToDeliverError,
  NotSpeakerForError,
  OtherDeploymentError,
  RecoveryNotReadyError,
  RecoveryUnderWayError,
  StatementVoidError,
  TooFewApprovalsError,
  TooSoonError,
  UnknownVerifierError,
  WrongGuardiansError,
} from "@consentry/sdk";
import { expect } from "chai";
import { id } from "ethers";
import { ethers, expectError, networkHelpers, sent } from "../setup.js";
import { approvedBy, controlled, DAY, expectRefused, guarded, handOver, keyVoice, ROUTES, signed } from "./world.js";

/** A patient whose three guardians are in office: a plain key, a wallet that is a contract, and a passkey. */
async function protectedPatient() {
  const world = await controlled();
  return { ...world, ...(await guarded(world)) };
}

/** The patient's guardians have approved the heir. */
async function approved() {
  const world = await protectedPatient();
  return { ...world, ...(await approvedBy(world, world.guardians, world.voices.slice(0, 2))) };
}

/** The delay is under way. */
async function started() {
  const world = await approved();
  const { guardians, approvals } = world;
  const { events } = await world.as.stranger.patients.startRecovery({ guardians, approvals });
  return { ...world, readyAt: events[0]!.readyAt };
}

describe("A recovery", () => {
  for (const [who, chosen] of [
    ["a key and a wallet", [0, 1]],
    ["a wallet and a passkey", [1, 2]],
    ["a passkey and a key", [2, 0]],
    ["all three", [2, 1, 0]],
  ] as const) {
    it(`by ${who}: proposed, approved, started by anybody, waited for, completed by anybody`, async () => {
      const world = await protectedPatient();
      const { as, patient, address, heir, heirAddress, labs, guardians, voices, permitted, signers } = world;
      await patient.consents.grant(labs);
      const by = chosen.map((i) => voices[i]);
      const { proposal, approvals } = await approvedBy(world, guardians, by);
      expect(proposal).to.include({ patient: address, controller: heirAddress });
      const { events, patient: whose } = await as.stranger.patients.startRecovery({ guardians, approvals });
      const { recovery } = await patient.patients.get(address);
      expect(whose).to.equal(address);
      expect(events).to.have.length(1);
      expect(events[0]).to.deep.include({
        type: "RecoveryStarted",
        patient: address,
        controller: heirAddress,
        readyAt: recovery?.readyAt,
        statedAt: new Date(Number(proposal.issuedAt)),
        by: signers.stranger.address,
      });
      expect(recovery).to.include({ controller: heirAddress });
      await networkHelpers.time.increaseTo(recovery!.readyAt.getTime() / 1000);
      const completed = await as.clinic.patients.completeRecovery({ patient: address });
      const { controller, controlSince, recovery: none } = await patient.patients.get(address);
      expect(completed.events[0]).to.deep.include({
        type: "RecoveryCompleted",
        patient: address,
        controller: heirAddress,
        controlSince,
        by: signers.clinic.address,
      });
      expect([controller, none]).to.deep.equal([heirAddress, undefined]);
      expect(await permitted()).to.be.true;
      await expectError(patient.consents.revokeAll(), NotSpeakerForError);
      await as.stranger.relay.submit(await heir.consents.revokeAll.sign({ patient: address }));
      expect(await permitted()).to.be.false;
    });
  }

  it("is followed by new guardians, whom the new key names", async () => {
    const world = await started();
    const { as, patient, address, heir, readyAt } = world;
    await networkHelpers.time.increaseTo(readyAt.getTime() / 1000);
    await as.stranger.patients.completeRecovery({ patient: address });
    const next = newGuardians({ patient: address, accounts: [keyVoice().account], threshold: 1 });
    const events = await signed.say(world, heir, "setGuardians", { guardians: next, delay: DAY });
    expect(events[0]).to.include({ type: "GuardiansChanged", patient: address });
    expect((await patient.patients.get(address)).guardians?.next?.delay).to.equal(DAY);
  });

  it("by a passkey as the new key", async () => {
    const world = await protectedPatient();
    const { as, patient, address, guardians, voices } = world;
    const [, , passkey] = voices;
    const { approvals } = await approvedBy(world, guardians, voices.slice(0, 2), passkey.account);
    const { events } = await as.stranger.patients.startRecovery({ guardians, approvals });
    await networkHelpers.time.increaseTo(events[0]!.readyAt.getTime() / 1000);
    await as.stranger.patients.completeRecovery({ patient: address });
    expect((await patient.patients.get(address)).controller).to.equal(passkey.account);
  });

  it("is told by the history of control, as all the rest", async () => {
    const world = await started();
    const { as, patient, address, readyAt, labs } = world;
    await patient.consents.grant(labs);
    const { blockNumber } = await patient.patients.cancelRecovery();
    await patient.patients.setExclusions({ categories: ["PSY"] });
    const representative = world.spouseAddress;
    await patient.patients.appointRepresentative({ representative, until: "until-revoked" });
    await patient.patients.dismissRepresentative({ representative });
    await world.spouse.patients.setExclusions({ categories: ["HIV"] });
    await networkHelpers.time.increaseTo(readyAt.getTime() / 1000 + DAY);
    const { approvals } = await approvedBy(world, world.guardians, world.voices);
    const { events } = await as.stranger.patients.startRecovery({ guardians: world.guardians, approvals });
    await networkHelpers.time.increaseTo(events[0]!.readyAt.getTime() / 1000);
    const { events: completed } = await as.stranger.patients.completeRecovery({ patient: address });
    await handOverAgain(world);
    const history = await patient.patients.history({ patient: address });
    const since = [
      "RecoveryCancelled",
      "ExclusionsChanged",
      "RepresentativeAppointed",
      "RepresentativeDismissed",
      "RecoveryStarted",
      "RecoveryCompleted",
      "ControlTransferred",
    ];
    expect(history.map(({ type }) => type)).to.deep.equal(["GuardiansChanged", "RecoveryStarted", ...since]);
    expect(history.at(-2)).to.deep.equal(completed[0]);
    expect(history.every((event) => event.patient === address)).to.be.true;
    const later = await patient.patients.history({ patient: address, fromBlock: blockNumber });
    expect(later.map(({ type }) => type)).to.deep.equal(since);
    for (const fromBlock of [-1, 1.5, "1"] as never[]) {
      await expectError(patient.patients.history({ patient: address, fromBlock }), InvalidParameterError);
    }
    await expectError(patient.patients.history({ patient: "nobody" }), InvalidAddressError);
    await expectError(patient.patients.history(address as never), InvalidParameterError);
  });
});

/** The heir passes control on to another key. */
async function handOverAgain({ as, heir, address }: Awaited<ReturnType<typeof started>>): Promise<void> {
  const next = keyVoice();
  const acceptance = await heir.patients.acceptControl.sign({ patient: address }, { by: next.by });
  const params = { patient: address, controller: next.account, acceptance };
  await as.stranger.relay.submit(await heir.patients.transferControl.sign(params));
}

describe("patients.proposeRecovery", () => {
  it("makes plain JSON with nothing secret in it, from the chain's time, for seven days", async () => {
    const { heir, heirAddress, guardians } = await protectedPatient();
    const proposal = await heir.patients.proposeRecovery({ guardians, controller: heirAddress });
    expect(JSON.parse(JSON.stringify(proposal))).to.deep.equal(proposal);
    const text = JSON.stringify(proposal).toLowerCase();
    for (const secret of [...guardians.accounts, guardians.salt]) {
      expect(text).not.to.contain(secret.slice(2).toLowerCase());
    }
    const issuedAt = BigInt(proposal.issuedAt);
    expect(issuedAt / 1000n).to.equal(BigInt(await networkHelpers.time.latest()));
    expect(BigInt(proposal.deadline)).to.equal(issuedAt / 1000n + 7n * BigInt(DAY));
  });

  it("needs nobody who signs", async () => {
    const { deployment, heirAddress, guardians, address } = await protectedPatient();
    const reader = await connect({ runner: ethers.provider, deployment });
    const proposal = await reader.patients.proposeRecovery({ guardians, controller: heirAddress });
    expect(proposal.patient).to.equal(address);
    await expectError(reader.patients.approveRecovery.sign(proposal), NoSignerError);
  });

  it("refuses what can't be a recovery, before anybody is asked to approve it", async () => {
    const { heir, heirAddress: controller, address, guardians, as } = await started();
    const { proposeRecovery } = heir.patients;
    await expectError(proposeRecovery({ guardians, controller }), RecoveryUnderWayError);
    const wrong = [
      [{ guardians, controller: "nobody" }, InvalidAddressError],
      [{ guardians }, InvalidAddressError],
      [{ controller }, InvalidParameterError],
      [{ guardians, controller, patient: address }, InvalidParameterError],
      [{ guardians: { ...guardians, threshold: 0 }, controller }, InvalidParameterError],
      [{ guardians, controller: address }, InvalidControllerError],
    ] as const;
    for (const [params, type] of wrong) await expectError(as.stranger.patients.proposeRecovery(params as never), type);
  });

  it("refuses guardians who are not in office: others, in another order, with another threshold or salt", async () => {
    const { heir, heirAddress: controller, guardians, spouseAddress } = await protectedPatient();
    const others = [
      { ...guardians, accounts: guardians.accounts.toReversed() },
      { ...guardians, accounts: guardians.accounts.slice(1) },
      { ...guardians, threshold: 1 },
      { ...guardians, salt: id("another") },
      { ...guardians, patient: spouseAddress },
    ];
    for (const each of others) {
      await expectError(heir.patients.proposeRecovery({ guardians: each, controller }), WrongGuardiansError);
    }
  });

  it("knows from when on others are in office", async () => {
    const world = await protectedPatient();
    const { patient, address, heir, heirAddress: controller, guardians } = world;
    const next = newGuardians({ patient: address, accounts: [keyVoice().account], threshold: 1 });
    const { events } = await patient.patients.setGuardians({ guardians: next, delay: DAY });
    await expectError(heir.patients.proposeRecovery({ guardians: next, controller }), WrongGuardiansError);
    await networkHelpers.time.increaseTo(events[0]!.effectiveAt.getTime() / 1000);
    await expectError(heir.patients.proposeRecovery({ guardians, controller }), WrongGuardiansError);
    await heir.patients.proposeRecovery({ guardians: next, controller });
  });

  it("takes a nearer deadline, but none that is too far or past", async () => {
    const { heir, heirAddress: controller, guardians } = await protectedPatient();
    const now = await networkHelpers.time.latest();
    const params = { guardians, controller };
    const { deadline } = await heir.patients.proposeRecovery({ ...params, deadline: now + 60 });
    expect(deadline).to.equal(String(now + 60));
    await expectError(heir.patients.proposeRecovery({ ...params, deadline: now + 8 * DAY }), DeadlineTooFarError);
    await expectError(heir.patients.proposeRecovery({ ...params, deadline: now - 1 }), DeadlinePassedError);
  });
});

describe("patients.approveRecovery.sign", () => {
  it("refuses what is no proposal, and names the field", async () => {
    const { heir, proposal } = await approved();
    const wrong: [path: string, proposal: unknown][] = [
      ["proposal", "{"],
      ["proposal", undefined],
      ["proposal", [proposal]],
      ["proposal.guardian", { ...proposal, guardian: proposal.controller }],
      ["proposal.controller", { ...proposal, controller: "nobody" }],
      ["proposal.patient", { ...proposal, patient: undefined }],
      ["proposal.commitment", { ...proposal, commitment: "0x12" }],
      ["proposal.issuedAt", { ...proposal, issuedAt: 1 }],
      ["proposal.deadline", { ...proposal, deadline: "-1" }],
    ];
    for (const [path, each] of wrong) {
      await expectError(heir.patients.approveRecovery.sign(each as never), InvalidStatementError, { path });
    }
    await expectError(heir.patients.approveRecovery.sign(proposal, { deadline: 1 }), InvalidParameterError);
  });

  it("signs nothing that could not start a recovery, nor what is post-dated", async () => {
    const { heir, proposal, address } = await approved();
    const seconds = Number(proposal.issuedAt) / 1000;
    const at = (issuedAt: number) => ({ ...proposal, issuedAt: String(issuedAt), deadline: proposal.deadline });
    const sign = (each: typeof proposal) => heir.patients.approveRecovery.sign(each);
    await sign(proposal);
    await expectError(sign(at((seconds + DAY) * 1000)), TooSoonError);
    await expectError(sign(at((seconds - DAY) * 1000)), DeadlineTooFarError);
    await expectError(sign({ ...proposal, deadline: String(Math.floor(seconds) - 1) }), DeadlinePassedError);
    await expectError(sign({ ...proposal, controller: address }), InvalidControllerError);
    await expectError(sign({ ...proposal, commitment: id("others") }), WrongGuardiansError);
    await networkHelpers.time.increase(7 * DAY + 1);
    await expectError(sign(proposal), DeadlinePassedError);
  });

  it("signs nothing that the patient has cancelled, that is under way, or from before control changed", async () => {
    const world = await started();
    const { heir, patient, proposal } = world;
    await expectError(heir.patients.approveRecovery.sign(proposal), RecoveryUnderWayError);
    await patient.patients.cancelRecovery();
    await expectError(heir.patients.approveRecovery.sign(proposal), ApprovalsCancelledError);
    await handOver(world, keyVoice());
    await expectError(heir.patients.approveRecovery.sign(proposal), StatementVoidError);
  });

  it("makes nothing that can be delivered alone", async () => {
    const world = await approved();
    await expectRefused(world, world.approvals[0], NotDeliverableError);
  });
});

describe("patients.startRecovery", () => {
  it("takes approvals in any order, as JSON too", async () => {
    const { as, guardians, approvals } = await approved();
    const texts = approvals.toReversed().map((each) => JSON.stringify(each));
    const { events } = await as.stranger.patients.startRecovery({ guardians, approvals: texts });
    expect(events[0]?.type).to.equal("RecoveryStarted");
  });

  it("can be built, for somebody else to send, by who has no funds", async () => {
    const { signers, heir, heirAddress, patient, address, guardians, approvals } = await approved();
    const transaction = await heir.patients.startRecovery.request({ guardians, approvals });
    await signers.stranger.sendTransaction(transaction);
    expect((await patient.patients.get(address)).recovery?.controller).to.equal(heirAddress);
  });

  it("refuses what is not enough, not right, or not of one recovery, before anything is paid", async () => {
    const world = await approved();
    const { as, heir, signers, guardians, voices, approvals, heirAddress, spouseAddress } = world;
    const [first, second] = approvals as [(typeof approvals)[0], (typeof approvals)[0]];
    const [key] = voices;
    const later = await approvedBy(world, guardians, voices.slice(0, 2));
    const toSpouse = await approvedBy(world, guardians, voices.slice(1, 2), spouseAddress);
    const stranger = keyVoice();
    const byStranger = await heir.patients.approveRecovery.sign(world.proposal, { by: stranger.by });
    const acceptance = await heir.patients.acceptControl.sign({ patient: world.address });
    const wrong: [approvals: unknown, type: abstract new (...args: never) => Error, properties?: object][] = [
      [[], InvalidParameterError, { parameter: "approvals" }],
      [undefined, InvalidParameterError, { parameter: "approvals" }],
      [[first, undefined], InvalidParameterError, { parameter: "approvals[1]" }],
      [[first, "{"], InvalidStatementError, { path: "approvals[1]" }],
      [[first, acceptance], InvalidStatementError, { path: "approvals[1].primaryType" }],
      [[first, { ...second, extra: 1 }], InvalidStatementError, { path: "approvals[1].extra" }],
      [[first, { ...second, signature: 1 }], InvalidStatementError, { path: "approvals[1].signature" }],
      [[first], TooFewApprovalsError, { args: { approvals: 1n, threshold: 2n } }],
      [[first, second, first], ApprovalsNotInOrderError, { args: { previous: key.account, account: key.account } }],
      [[first, byStranger], NotGuardianError, { args: { account: stranger.account } }],
      [[first, later.approvals[1]], InvalidParameterError, { parameter: "approvals[1].message.issuedAt" }],
      [[first, toSpouse.approvals[0]], InvalidParameterError, { parameter: "approvals[1].message.controller" }],
      [[first, { ...second, signer: stranger.account }], InvalidSignatureError],
      [[{ ...first, signature: byStranger.signature }, second], InvalidSignatureError],
      [[first, { ...second, signer: `${heirAddress}00` }], UnknownVerifierError],
      [[first, { ...second, domain: { ...second.domain, chainId: 1 } }], OtherDeploymentError],
    ];
    const before = await sent(signers.stranger);
    for (const [each, type, properties] of wrong) {
      const params = { guardians, approvals: each as typeof approvals };
      await expectError(as.stranger.patients.startRecovery(params), type, properties);
      await expectError(as.stranger.patients.startRecovery.request(params), type, properties);
    }
    // What a wallet that is a contract accepts, only the chain can tell.
    const forged = { guardians, approvals: [first, { ...second, signature: first.signature }] };
    await expectError(as.stranger.patients.startRecovery(forged), InvalidSignatureError);
    expect(await sent(signers.stranger)).to.equal(before);
    await as.stranger.patients.startRecovery({ guardians, approvals: later.approvals });
  });

  it("refuses an approval that names another guardian than its signer", async () => {
    const { as, guardians, approvals, voices } = await approved();
    const [first, second] = approvals as [(typeof approvals)[0], (typeof approvals)[0]];
    const [, wallet, passkey] = voices;
    const named = { ...second, message: { ...second.message, guardian: passkey.account } };
    await expectError(as.stranger.patients.startRecovery({ guardians, approvals: [first, named] }), NotGuardianError, {
      args: { account: wallet.account },
    });
  });

  it("refuses guardians who are not those who were approved", async () => {
    const { as, guardians, approvals, spouseAddress } = await approved();
    for (const changes of [{ threshold: 1 }, { salt: id("guess") }, { patient: spouseAddress }]) {
      const params = { guardians: { ...guardians, ...changes }, approvals };
      await expectError(as.stranger.patients.startRecovery(params), WrongGuardiansError);
    }
    const misspelt = { guardian: guardians, approvals };
    await expectError(as.stranger.patients.startRecovery(misspelt as never), InvalidParameterError);
  });

  it("refuses approvals that came too late, were cancelled, or rest on a control that changed", async () => {
    const start = ({ as, guardians, approvals }: Awaited<ReturnType<typeof approved>>) =>
      as.stranger.patients.startRecovery({ guardians, approvals });
    const late = await approved();
    await networkHelpers.time.increase(7 * DAY + 1);
    await expectError(start(late), DeadlinePassedError);
    const cancelled = await approved();
    await cancelled.patient.patients.cancelRecovery();
    await expectError(start(cancelled), ApprovalsCancelledError);
    const overtaken = await approved();
    await handOver(overtaken, keyVoice());
    await expectError(start(overtaken), StatementVoidError);
  });

  it("starts one at a time, during which nobody can be named", async () => {
    const { as, patient, guardians, approvals } = await started();
    await expectError(as.stranger.patients.startRecovery({ guardians, approvals }), RecoveryUnderWayError);
    await expectError(patient.patients.setGuardians({ guardians, delay: DAY }), RecoveryUnderWayError);
  });
});

describe("patients.cancelRecovery", () => {
  for (const { name, say } of ROUTES) {
    describe(name, () => {
      it("cancels the recovery under way, and its approvals for good", async () => {
        const world = await started();
        const { as, patient, address, guardians, approvals } = world;
        const [event] = await say(world, patient, "cancelRecovery", {});
        expect(event).to.include({ type: "RecoveryCancelled", patient: address, by: address });
        expect(Number((event as { cancelledAt: Date }).cancelledAt)).to.be.at.least(
          Number(approvals[0]!.message.issuedAt),
        );
        expect((await patient.patients.get(address)).recovery).to.be.undefined;
        await expectError(as.stranger.patients.completeRecovery({ patient: address }), NoRecoveryError);
        await expectError(as.stranger.patients.startRecovery({ guardians, approvals }), ApprovalsCancelledError);
        const anew = await approvedBy(world, guardians, world.voices);
        await as.stranger.patients.startRecovery({ guardians, approvals: anew.approvals });
      });

      it("voids approvals that nobody has delivered yet", async () => {
        const world = await approved();
        const { as, patient, guardians, approvals } = world;
        await say(world, patient, "cancelRecovery", {});
        await expectError(as.stranger.patients.startRecovery({ guardians, approvals }), ApprovalsCancelledError);
      });

      it("is the controller's business", async () => {
        const world = await started();
        const { heir, spouse, address, patient } = world;
        await expectError(say(world, spouse, "cancelRecovery", { patient: address }), NotControllerOfError);
        await expectError(signed.say(world, heir, "cancelRecovery", { patient: address }), NotControllerOfError);
        expect((await patient.patients.get(address)).recovery).not.to.be.undefined;
        await expectError(say(world, patient, "cancelRecovery", { patient: "me" }), InvalidAddressError);
        const misspelt = { patients: address };
        await expectError(say(world, patient, "cancelRecovery", misspelt as never), InvalidParameterError);
      });
    });
  }

  it("a transfer of control cancels it, too", async () => {
    const world = await started();
    await handOver(world, keyVoice());
    expect((await world.patient.patients.get(world.address)).recovery).to.be.undefined;
  });

  it("needs no parameters, can be built, and signed it has no deadline", async () => {
    const world = await started();
    const { patient, address, signers } = world;
    const { message } = await patient.patients.cancelRecovery.sign();
    expect(message).to.have.all.keys("patient", "issuedAt");
    await expectError(patient.patients.cancelRecovery.sign({}, { deadline: 1 }), InvalidParameterError);
    await signers.patient.sendTransaction(await patient.patients.cancelRecovery.request());
    expect((await patient.patients.get(address)).recovery).to.be.undefined;
    const { events } = await patient.patients.cancelRecovery();
    expect(events).to.have.length(1);
  });

  it("signed after a direct cancelling in the newest block it counts, too", async () => {
    const { as, patient } = await protectedPatient();
    const { events } = await patient.patients.cancelRecovery();
    const again = await as.stranger.relay.submit(await patient.patients.cancelRecovery.sign());
    expect(again.events[0]).to.have.property("type", "RecoveryCancelled");
    expect((again.events as typeof events)[0]!.cancelledAt > events[0]!.cancelledAt).to.be.true;
  });

  it("signed before a recovery was approved it does not cancel it, and is not paid for twice", async () => {
    const world = await protectedPatient();
    const { as, patient, address, guardians, voices } = world;
    const early = await patient.patients.cancelRecovery.sign();
    await networkHelpers.time.increase(2);
    const { approvals } = await approvedBy(world, guardians, voices);
    await as.stranger.patients.startRecovery({ guardians, approvals });
    await as.stranger.relay.submit(early);
    expect((await patient.patients.get(address)).recovery).not.to.be.undefined;
    await expectRefused(world, early, NothingToDeliverError);
    const late = await patient.patients.cancelRecovery.sign();
    await as.stranger.relay.submit(late);
    expect((await patient.patients.get(address)).recovery).to.be.undefined;
    await expectRefused(world, late, NothingToDeliverError);
  });
});

describe("patients.completeRecovery", () => {
  it("not before it has waited, to the second", async () => {
    const { as, patient, address, readyAt, heirAddress } = await started();
    const ready = readyAt.getTime() / 1000;
    await networkHelpers.time.increaseTo(ready - 2);
    await expectError(as.stranger.patients.completeRecovery({ patient: address }), RecoveryNotReadyError, {
      args: { patient: address, readyAt: BigInt(ready) },
    });
    await networkHelpers.time.increaseTo(ready);
    const { events } = await as.stranger.patients.completeRecovery({ patient: address });
    expect(events[0]?.controller).to.equal(heirAddress);
    await expectError(as.stranger.patients.completeRecovery({ patient: address }), NoRecoveryError);
    expect((await patient.patients.get(address)).controller).to.equal(heirAddress);
  });

  it("of nobody, or of who is not recovering, is refused; it can be built", async () => {
    const { as, address, heir } = await protectedPatient();
    await expectError(as.stranger.patients.completeRecovery({ patient: address }), NoRecoveryError);
    await expectError(as.stranger.patients.completeRecovery({ patient: "me" }), InvalidAddressError);
    await expectError(as.stranger.patients.completeRecovery({} as never), InvalidAddressError);
    await expectError(as.stranger.patients.completeRecovery(address as never), InvalidParameterError);
    expect(await heir.patients.completeRecovery.request({ patient: address })).to.have.all.keys("to", "data");
  });
});
