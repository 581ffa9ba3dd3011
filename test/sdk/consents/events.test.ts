import { expect } from "chai";
import { id } from "ethers";
import { consentEvents, WORD_EVENTS } from "../../../sdk/dist/consents/events.js";
import { GENERAL_SCOPE } from "../../../sdk/dist/scopes/scope.js";
import { breakGlass, ethers, fixtures, LABS, networkHelpers, type World } from "../setup.js";
import { deliverRefusal } from "../signed.js";

/** The events of the consent registry in a transaction, as the package tells them. */
async function eventsIn({ consents, deployment }: World, hash: string) {
  const receipt = (await ethers.provider.getTransactionReceipt(hash))!;
  const logs = receipt.logs.map((log) => ({ ...(log.toJSON() as object), logIndex: log.index }));
  return consentEvents({ consents, deployment } as never, logs as never);
}

describe("the events about consents", () => {
  it("tell that a late refusal moved the start of a consent", async () => {
    const world = await fixtures.deployed();
    const { as, signers } = world;
    const [patient, grantee] = [signers.patient.address, signers.clinic.address];
    const stamp = (await networkHelpers.time.latest()) * 1000;
    const { events } = await as.patient.consents.grant({ ...LABS, grantee, scope: "general" });
    const { hash } = await deliverRefusal(world, { grantee, scope: GENERAL_SCOPE }, stamp);
    const [event, ...others] = await eventsIn(world, hash);
    expect(others).to.deep.equal([]);
    expect(event).to.deep.include({
      type: "ConsentRestarted",
      patient,
      grantee,
      scope: { kind: "general", id: GENERAL_SCOPE },
      terms: { ...events[0]!.terms, from: new Date(stamp) },
      statedAt: events[0]!.statedAt,
      by: patient,
      transaction: hash,
    });
  });

  it("tell what break-glass opened, why, and who broke it", async () => {
    const world = await fixtures.equipped();
    const { patient, clinic } = world.signers;
    const { hash } = await breakGlass(world, "LABS");
    const [event, ...others] = await eventsIn(world, hash);
    expect(others).to.deep.equal([]);
    expect(event).to.deep.include({
      type: "GlassBroken",
      patient: patient.address,
      grantee: clinic.address,
      reasonHash: id("unconscious, 2 mg"),
      by: clinic.address,
      transaction: hash,
    });
    expect(event).to.have.nested.property("scope.kind", "emergency");
    expect(event).to.have.deep.nested.property("terms.purposes", ["BTG"]);
  });

  it("are not those about who speaks for a patient", async () => {
    const world = await fixtures.deployed();
    const { consents, signers } = world;
    const { hash } = await consents.connect(signers.patient).createDependent(id("child"));
    expect((await ethers.provider.getTransactionReceipt(hash))!.logs).to.have.length(1);
    expect(await eventsIn(world, hash)).to.deep.equal([]);
  });

  it("that write a word name patient and grantee first, and are all that the interface has", async () => {
    const { consents } = await fixtures.deployed();
    const writing: string[] = [];
    consents.interface.forEachEvent(({ name, inputs }) => {
      if (inputs.some((input) => input.name === "terms") || name === "ConsentRevoked") writing.push(name);
    });
    expect(writing).to.have.members([...WORD_EVENTS]);
    for (const name of WORD_EVENTS) {
      const [patient, grantee] = consents.interface.getEvent(name).inputs;
      expect([patient!.name, patient!.indexed, grantee!.indexed, grantee!.type]).to.deep.equal([
        "patient",
        true,
        true,
        "address",
      ]);
    }
  });
});
