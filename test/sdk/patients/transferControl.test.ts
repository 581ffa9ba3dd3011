import {
  connect,
  DeadlinePassedError,
  DeadlineTooFarError,
  InvalidAddressError,
  InvalidControllerError,
  InvalidParameterError,
  InvalidSignatureError,
  InvalidStatementError,
  NoSignerError,
  NotAcceptedByError,
  NotControllerOfError,
  NotDeliverableError,
  NothingToDeliverError,
  NotSpeakerForError,
  OtherDeploymentError,
  parseStatement,
  StatementVoidError,
  TooSoonError,
  UnknownVerifierError,
} from "@consentry/sdk";
import { expect } from "chai";
import { ethers, expectError, networkHelpers, sent } from "../setup.js";
import { transported } from "../signing/world.js";
import {
  controlled,
  type Controlled,
  expectRefused,
  keyVoice,
  passkeyVoice,
  ROUTES,
  type Voice,
  walletVoice,
} from "./world.js";

/** The heir has accepted. */
async function accepted() {
  const world = await controlled();
  const { heir, heirAddress: controller, address } = world;
  const acceptance = transported(await heir.patients.acceptControl.sign({ patient: address }));
  return { ...world, controller, acceptance };
}

describe("patients.transferControl", () => {
  for (const { name, say } of ROUTES) {
    describe(name, () => {
      it("puts the key in control that has accepted, and leaves consents as they are", async () => {
        const world = await accepted();
        const { patient, address, controller, acceptance, labs, permitted } = world;
        await patient.consents.grant(labs);
        const events = await say(world, patient, "transferControl", { controller, acceptance });
        const { controlSince } = await patient.patients.get(address);
        expect(events).to.have.length(1);
        expect(events[0]).to.deep.include({
          type: "ControlTransferred",
          patient: address,
          controller,
          controlSince,
          by: address,
        });
        expect((await patient.patients.get(address)).controller).to.equal(controller);
        expect(await permitted()).to.be.true;
      });

      it("leaves the old key without a say; the new one speaks, and can pass control on", async () => {
        const world = await accepted();
        const { as, patient, address, heir, controller, acceptance, labs, permitted } = world;
        await say(world, patient, "transferControl", { controller, acceptance });
        await expectError(patient.consents.grant(labs), NotSpeakerForError);
        await as.stranger.relay.submit(await heir.consents.grant.sign(labs));
        expect(await permitted()).to.be.true;
        const next = keyVoice();
        const again = await heir.patients.acceptControl.sign({ patient: address }, { by: next.by });
        const onward = { patient: address, controller: next.account, acceptance: again };
        await as.stranger.relay.submit(await heir.patients.transferControl.sign(onward));
        expect((await patient.patients.get(address)).controller).to.equal(next.account);
      });

      it("voids what was signed before, and ends appointments", async () => {
        const world = await accepted();
        const { patient, address, spouse, spouseAddress, controller, acceptance, labs } = world;
        await patient.patients.appointRepresentative({ representative: spouseAddress, until: "until-revoked" });
        const old = await patient.consents.grant.sign(labs);
        await say(world, patient, "transferControl", { controller, acceptance });
        await expectRefused(world, old, StatementVoidError);
        await expectError(spouse.consents.grant(labs), NotSpeakerForError);
        const [appointment] = await patient.patients.representatives(address);
        expect(appointment).to.include({ representative: spouseAddress, status: "void" });
      });

      it("takes the acceptance as a text", async () => {
        const world = await accepted();
        const { patient, controller, acceptance } = world;
        const text = JSON.stringify(acceptance);
        const [event] = await say(world, patient, "transferControl", { controller, acceptance: text });
        expect(event).to.include({ controller });
      });

      for (const [kind, voiceOf] of [
        ["a passkey", passkeyVoice],
        ["a wallet that is a contract", walletVoice],
      ] as const) {
        it(`to ${kind}, which then speaks for the patient`, async () => {
          const world = await controlled();
          const { as, patient, address, heir, labs, permitted } = world;
          const { account, by } = await voiceOf(world);
          const acceptance = transported(await heir.patients.acceptControl.sign({ patient: address }, { by }));
          await say(world, patient, "transferControl", { controller: account, acceptance });
          const { events } = await as.stranger.relay.submit(await heir.consents.grant.sign(labs, { by }));
          expect(events[0]).to.include({ patient: address, by: account });
          expect(await permitted()).to.be.true;
        });
      }

      it("of another's patient is refused", async () => {
        const world = await accepted();
        const { spouse, spouseAddress, address, controller, acceptance } = world;
        const params = { patient: address, controller, acceptance };
        await expectError(say(world, spouse, "transferControl", params), NotControllerOfError, {
          args: { patient: address, account: spouseAddress },
        });
      });

      it("to who is in control already is refused", async () => {
        const world = await accepted();
        const { patient, address } = world;
        const acceptance = await patient.patients.acceptControl.sign({ patient: address });
        const params = { controller: address, acceptance };
        await expectError(say(world, patient, "transferControl", params), InvalidControllerError);
      });

      it("is refused with what is no acceptance by that key, for that patient, here", async () => {
        const world = await accepted();
        const { patient, address, heir, spouse, spouseAddress, controller, acceptance, signers } = world;
        const { message, domain } = acceptance;
        const forOther = await heir.patients.acceptControl.sign({ patient: spouseAddress });
        const bySpouse = await spouse.patients.acceptControl.sign({ patient: address });
        const refusals = [
          [{ controller, acceptance: forOther }, NotAcceptedByError],
          [{ controller, acceptance: bySpouse }, NotAcceptedByError],
          [{ controller: spouseAddress, acceptance }, NotAcceptedByError],
          [{ controller: address, acceptance }, NotAcceptedByError],
          [{ controller, acceptance: { ...bySpouse, message } }, InvalidSignatureError],
          [{ controller, acceptance: { ...acceptance, signature: bySpouse.signature } }, InvalidSignatureError],
          [
            { controller, acceptance: { ...acceptance, message: { ...message, deadline: message.issuedAt } } },
            InvalidSignatureError,
          ],
          [{ controller, acceptance: { ...acceptance, domain: { ...domain, chainId: 1 } } }, OtherDeploymentError],
          [{ controller, acceptance: { ...acceptance, signer: `${signers.clinic.address}00` } }, UnknownVerifierError],
        ] as const;
        const before = await sent(signers.patient);
        for (const [params, type] of refusals) {
          await expectError(say(world, patient, "transferControl", params), type);
          await expectError(patient.patients.transferControl.request(params), type);
        }
        expect(await sent(signers.patient)).to.equal(before);
        expect((await patient.patients.get(address)).controller).to.equal(address);
      });

      it("with parameters that make no sense is refused before anything is asked", async () => {
        const world = await accepted();
        const { patient, controller, acceptance } = world;
        const wrong = [
          [{ controller: "nobody", acceptance }, InvalidAddressError],
          [{ patient: "nobody", controller, acceptance }, InvalidAddressError],
          [{ controller, acceptance, deadline: 1 }, InvalidParameterError],
          [{ controller, acceptance: undefined }, InvalidStatementError],
          [{ controller, acceptance: "{" }, InvalidStatementError],
          [undefined, InvalidParameterError],
        ] as const;
        for (const [params, type] of wrong) {
          await expectError(say(world, patient, "transferControl", params as never), type);
        }
      });

      it("too late is refused, to the second", async () => {
        const world = await controlled();
        const { patient, address, heir, heirAddress: controller } = world;
        const now = await networkHelpers.time.latest();
        const options = { deadline: now + 100 };
        const acceptance = await heir.patients.acceptControl.sign({ patient: address }, options);
        const late = await patient.patients.transferControl.sign({ controller, acceptance });
        await networkHelpers.time.increaseTo(now + 100);
        await expectError(say(world, patient, "transferControl", { controller, acceptance }), DeadlinePassedError);
        await expectRefused(world, late, DeadlinePassedError);
        await networkHelpers.time.increase(1);
        const unsigned = patient.patients.transferControl.sign({ controller, acceptance });
        await expectError(unsigned, DeadlinePassedError);
      });

      it("in its last second is not", async () => {
        const world = await controlled();
        const { patient, address, heir, heirAddress: controller } = world;
        const now = await networkHelpers.time.latest();
        const acceptance = await heir.patients.acceptControl.sign({ patient: address }, { deadline: now + 100 });
        await networkHelpers.time.increaseTo(now + 99);
        const [event] = await say(world, patient, "transferControl", { controller, acceptance });
        expect(event).to.include({ controller });
      });

      it("needs an acceptance newer than the last change of control", async () => {
        const world = await accepted();
        const { patient, address, spouse, spouseAddress, controller, acceptance } = world;
        const taken = await spouse.patients.acceptControl.sign({ patient: address });
        await patient.patients.transferControl({ controller: spouseAddress, acceptance: taken });
        const params = { patient: address, controller, acceptance };
        await expectError(say(world, spouse, "transferControl", params), StatementVoidError);
        expect((await patient.patients.get(address)).controller).to.equal(spouseAddress);
      });
    });
  }

  it("can be built, for somebody else to send", async () => {
    const { patient, address, signers, controller, acceptance } = await accepted();
    const transaction = await patient.patients.transferControl.request({ controller, acceptance });
    expect(transaction).to.have.all.keys("to", "data");
    await signers.patient.sendTransaction(transaction);
    expect((await patient.patients.get(address)).controller).to.equal(controller);
  });

  it("waits for an acceptance whose stamp is a moment ahead, and not for one that is far ahead", async () => {
    const world = await accepted();
    const { patient } = world;
    const voice = keyVoice();
    const controller = voice.account;
    const ahead = (seconds: number) => acceptanceBy(world, voice, { seconds });
    await expectError(patient.patients.transferControl({ controller, acceptance: await ahead(60) }), TooSoonError);
    const { events } = await patient.patients.transferControl({ controller, acceptance: await ahead(3) });
    expect(events[0]).to.include({ controller });
  });

  it("is refused where the signer accepts for another key, or another key accepts for the signer", async () => {
    const world = await accepted();
    const { patient, controller, spouseAddress } = world;
    const { transferControl } = patient.patients;
    const voice = keyVoice();
    const wallet = await walletVoice();
    const forSpouse = await acceptanceBy(world, voice, { controller: spouseAddress });
    await expectError(
      transferControl.request({ controller: voice.account, acceptance: forSpouse }),
      NotAcceptedByError,
    );
    const byWallet = { ...world.acceptance, signer: wallet.account };
    await expectError(transferControl.request({ controller, acceptance: byWallet }), NotAcceptedByError);
  });

  it("signed is one plain JSON with the acceptance in it, which is read as it was written", async () => {
    const { patient, controller, acceptance } = await accepted();
    const statement = await patient.patients.transferControl.sign({ controller, acceptance });
    const { signer, signature, message } = acceptance;
    expect(statement.acceptance).to.deep.equal({ issuedAt: message.issuedAt, signer, signature });
    expect(statement.message.deadline).to.equal(message.deadline);
    expect(parseStatement(JSON.stringify(statement))).to.deep.equal(statement);
  });

  it("signed is read strictly: the acceptance is there, whole, and with nothing else", async () => {
    const world = await accepted();
    const { patient, controller } = world;
    const statement = transported(
      await patient.patients.transferControl.sign({ controller, acceptance: world.acceptance }),
    );
    const { acceptance, ...without } = statement;
    const grant = await patient.consents.grant.sign(world.labs);
    const wrong: [path: string, statement: unknown][] = [
      ["acceptance", without],
      ["acceptance", { ...statement, acceptance: null }],
      ["acceptance", { ...grant, acceptance }],
      ["acceptance", { ...world.acceptance, acceptance }],
      ["acceptance.message", { ...statement, acceptance: { ...acceptance, message: {} } }],
      ["acceptance.issuedAt", { ...statement, acceptance: { ...acceptance, issuedAt: 1 } }],
      ["acceptance.issuedAt", { ...statement, acceptance: { ...acceptance, issuedAt: String(2n ** 48n) } }],
      ["acceptance.signer", { ...statement, acceptance: { ...acceptance, signer: "0x1" } }],
      ["acceptance.signature", { ...statement, acceptance: { ...acceptance, signature: undefined } }],
      ["message.controller", { ...statement, message: { ...statement.message, controller: wrongCase(controller) } }],
    ];
    for (const [path, each] of wrong) await expectRefused(world, each, InvalidStatementError, { path });
    const forged = { ...acceptance, issuedAt: String(BigInt(acceptance.issuedAt) + 1n) };
    await expectRefused(world, { ...statement, acceptance: forged }, InvalidSignatureError);
    const unknown = { ...acceptance, signer: `${world.signers.clinic.address}00` };
    await expectRefused(world, { ...statement, acceptance: unknown }, UnknownVerifierError);
    const other = { ...acceptance, signer: world.spouseAddress };
    await expectRefused(world, { ...statement, acceptance: other }, NotAcceptedByError);
    await world.as.stranger.relay.submit(statement);
  });

  it("works once: what was delivered is not paid for again, and what another change overtook is void", async () => {
    const world = await accepted();
    const { as, patient, controller, acceptance, spouse, address } = world;
    const first = await patient.patients.transferControl.sign({ controller, acceptance });
    const other = await spouse.patients.acceptControl.sign({ patient: address });
    const second = await patient.patients.transferControl.sign({ controller: world.spouseAddress, acceptance: other });
    await as.stranger.relay.submit(first);
    await expectRefused(world, first, NothingToDeliverError);
    await expectRefused(world, second, StatementVoidError);
  });

  it("has the acceptance's deadline, and no other", async () => {
    const { patient, controller, acceptance } = await accepted();
    const params = { controller, acceptance };
    await expectError(patient.patients.transferControl.sign(params, { deadline: 1 }), InvalidParameterError, {
      parameter: "options.deadline",
    });
  });

  it("an acceptance can't be delivered alone, nor be made for too long, or by nobody", async () => {
    const world = await accepted();
    const { heir, address, acceptance } = world;
    await expectRefused(world, acceptance, NotDeliverableError);
    const deadline = (await networkHelpers.time.latest()) + 8 * 86_400;
    await expectError(heir.patients.acceptControl.sign({ patient: address }, { deadline }), DeadlineTooFarError);
    await expectError(heir.patients.acceptControl.sign({ patient: "me" }), InvalidAddressError);
    await expectError(heir.patients.acceptControl.sign({} as never), InvalidAddressError);
    await expectError(heir.patients.acceptControl.sign({ patients: address } as never), InvalidParameterError);
    const reader = await connect({ runner: ethers.provider, deployment: world.deployment });
    await expectError(reader.patients.acceptControl.sign({ patient: address }), NoSignerError);
    const params = { controller: world.controller, acceptance };
    await expectError(reader.patients.transferControl(params), NoSignerError);
  });
});

/** An acceptance that the SDK would not make: for another controller, or stamped ahead of the chain. */
async function acceptanceBy(
  { address: patient, deployment }: Controlled,
  { account, by }: Voice,
  { controller = account, seconds = 0 }: { controller?: string; seconds?: number },
) {
  const now = await networkHelpers.time.latest();
  const message = { patient, controller, issuedAt: String((now + seconds) * 1000), deadline: String(now + 100) };
  const { address: verifyingContract } = deployment.contracts.ConsentRegistry;
  const domain = { name: "Consentry", version: "1", chainId: deployment.chainId, verifyingContract } as const;
  const primaryType = "AcceptControl";
  const signature = await by.sign({ types: ACCEPT_CONTROL, primaryType, domain, message });
  return { primaryType, domain, message, signer: account, signature } as const;
}

/** The type of docs/control.md. */
const ACCEPT_CONTROL = {
  AcceptControl: [
    { type: "address", name: "patient" },
    { type: "address", name: "controller" },
    { type: "uint48", name: "issuedAt" },
    { type: "uint48", name: "deadline" },
  ],
};

/** An address with one letter mistyped. */
function wrongCase(address: string): string {
  return address.replace(/[a-f]/, (letter) => letter.toUpperCase()).replace(/^0X/, "0x");
}
