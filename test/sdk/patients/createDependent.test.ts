import {
  connect,
  dependentOf,
  DependentExistsError,
  InvalidAddressError,
  InvalidParameterError,
  InvalidSignatureError,
  NoSignerError,
  NothingToDeliverError,
  NotSpeakerForError,
} from "@consentry/sdk";
import { expect } from "chai";
import { getBytes, id } from "ethers";
import { ethers, expectError, sent } from "../setup.js";
import { controlled, expectRefused, passkeyVoice, ROUTES } from "./world.js";

const SALT = id("the first child");

describe("patients.createDependent", () => {
  for (const { name, say } of ROUTES) {
    describe(name, () => {
      it("opens an identity that the parent controls, and hands over when the child is of age", async () => {
        const world = await controlled();
        const { as, patient: parent, address, heir, heirAddress, labs } = world;
        const [event] = await say(world, parent, "createDependent", { salt: SALT });
        const dependent = dependentOf(address, SALT);
        expect(event).to.deep.include({
          type: "DependentCreated",
          patient: dependent,
          parent: address,
          salt: SALT,
          by: address,
        });
        await parent.consents.grant({ ...labs, patient: dependent });
        await as.stranger.relay.submit(await parent.consents.revokeAll.sign({ patient: dependent }));
        expect((await parent.patients.get(dependent)).controller).to.equal(address);
        const acceptance = await heir.patients.acceptControl.sign({ patient: dependent });
        await say(world, parent, "transferControl", { patient: dependent, controller: heirAddress, acceptance });
        await expectError(parent.consents.revokeAll({ patient: dependent }), NotSpeakerForError);
        await as.stranger.relay.submit(await heir.consents.grant.sign({ ...labs, patient: dependent }));
      });

      it("has representatives, exclusions and guardians of its own", async () => {
        const world = await controlled();
        const { patient: parent, spouse, spouseAddress, address, labs } = world;
        await say(world, parent, "createDependent", { salt: SALT });
        const patient = dependentOf(address, SALT);
        const appointment = { patient, representative: spouseAddress, until: "until-revoked" };
        await say(world, parent, "appointRepresentative", appointment);
        await say(world, parent, "setExclusions", { patient, categories: ["PSY"] });
        await spouse.consents.grant({ ...labs, patient });
        await expectError(spouse.consents.grant(labs), NotSpeakerForError);
        expect((await parent.patients.get(patient)).exclusions).to.deep.equal(["PSY"]);
        expect((await parent.patients.get(address)).exclusions).to.deep.equal([]);
      });
    });
  }

  it("takes a new salt each time, and tells it with the address", async () => {
    const { patient: parent, address } = await controlled();
    const results = [await parent.patients.createDependent(), await parent.patients.createDependent({})];
    for (const { dependent, salt, events } of results) {
      expect(dependent).to.equal(dependentOf(address, salt));
      expect(events.map(({ patient }) => patient)).to.deep.equal([dependent]);
    }
    expect(new Set(results.map(({ salt }) => salt)).size).to.equal(2);
  });

  it("can be built, for whoever sends it to be the parent", async () => {
    const { patient: parent, spouseAddress, signers } = await controlled();
    const { salt, ...transaction } = await parent.patients.createDependent.request();
    expect(transaction).to.have.all.keys("to", "data");
    await signers.otherPatient.sendTransaction(transaction);
    const [listed] = await parent.patients.dependents(spouseAddress);
    expect(listed).to.include({ dependent: dependentOf(spouseAddress, salt), salt });
  });

  it("is opened by a passkey without any funds", async () => {
    const world = await controlled();
    const { as, heir } = world;
    const { account, by } = await passkeyVoice(world);
    const signed = await heir.patients.createDependent.sign(undefined, { by });
    const { events } = await as.stranger.relay.submit(signed);
    expect(events[0]).to.include({ parent: account, patient: dependentOf(account, signed.message.salt) });
  });

  it("opens each once: nothing is paid for it again", async () => {
    const world = await controlled();
    const { as, patient: parent, signers } = world;
    const signed = await parent.patients.createDependent.sign({ salt: SALT });
    await as.stranger.relay.submit(signed);
    await expectRefused(world, signed, NothingToDeliverError);
    const before = await sent(signers.patient);
    await expectError(parent.patients.createDependent({ salt: SALT }), DependentExistsError);
    expect(await sent(signers.patient)).to.equal(before);
  });

  it("is not opened in another parent's name, nor with another salt", async () => {
    const world = await controlled();
    const { patient: parent, spouseAddress } = world;
    const signed = await parent.patients.createDependent.sign({ salt: SALT });
    const { message } = signed;
    const otherSalt = { ...signed, message: { ...message, salt: id("another") } };
    await expectRefused(world, otherSalt, InvalidSignatureError);
    await expectRefused(world, { ...signed, signer: spouseAddress }, InvalidSignatureError);
  });

  it("takes 32 bytes as the salt, and nothing else", async () => {
    const { patient: parent, address, deployment } = await controlled();
    for (const params of [{ salt: "0x12" }, { salt: 1 }, { salts: SALT }, 7] as never[]) {
      await expectError(parent.patients.createDependent(params), InvalidParameterError);
      await expectError(parent.patients.createDependent.sign(params), InvalidParameterError);
    }
    const { dependent } = await parent.patients.createDependent({ salt: getBytes(SALT) });
    expect(dependent).to.equal(dependentOf(address, SALT));
    const reader = await connect({ runner: ethers.provider, deployment });
    await expectError(reader.patients.createDependent(), NoSignerError);
  });

  it("dependentOf says what the contract says", async () => {
    const { consents, address, spouseAddress } = await controlled();
    for (const parent of [address, spouseAddress]) {
      for (const salt of [SALT, id("the second child")]) {
        expect(dependentOf(parent, salt)).to.equal(await consents.dependentOf(parent, salt));
      }
    }
    expect(() => dependentOf("nobody", SALT)).to.throw(InvalidAddressError);
    expect(() => dependentOf(address, "0x")).to.throw(InvalidParameterError);
  });

  it("patients.dependents lists them with whoever controls them now", async () => {
    const world = await controlled();
    const { patient: parent, address, spouse, heir, heirAddress } = world;
    expect(await parent.patients.dependents(address)).to.deep.equal([]);
    const [first, second] = [await parent.patients.createDependent(), await parent.patients.createDependent()];
    await spouse.patients.createDependent();
    const acceptance = await heir.patients.acceptControl.sign({ patient: first.dependent });
    await parent.patients.transferControl({ patient: first.dependent, controller: heirAddress, acceptance });
    expect(await parent.patients.dependents(address)).to.deep.equal([
      { dependent: first.dependent, salt: first.salt, controller: heirAddress, transaction: first.hash },
      { dependent: second.dependent, salt: second.salt, controller: address, transaction: second.hash },
    ]);
    const events = await parent.patients.history({ patient: first.dependent });
    expect(events.map(({ type }) => type)).to.deep.equal(["DependentCreated", "ControlTransferred"]);
    await expectError(parent.patients.dependents("nobody"), InvalidAddressError);
  });
});
