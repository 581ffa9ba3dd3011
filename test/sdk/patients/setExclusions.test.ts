import {
  allCategories,
  connect,
  type Category,
  InvalidParameterError,
  InvalidAddressError,
  NothingToDeliverError,
  UnknownCodeError,
} from "@consentry/sdk";
import { expect } from "chai";
import { breakGlass, expectError, fixtures, sent } from "../setup.js";
import { clientOf } from "../signing/world.js";
import { controlled, type Controlled, expectRefused, ROUTES } from "./world.js";

describe("patients.setExclusions", () => {
  for (const { name, say } of ROUTES) {
    describe(name, () => {
      it("names what break-glass never opens, in place of what was named before", async () => {
        const world = await controlled();
        const { patient, address } = world;
        const psychiatry = { system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: "PSY" };
        const [event] = await say(world, patient, "setExclusions", { categories: ["HIV", psychiatry] });
        expect(event).to.deep.include({ type: "ExclusionsChanged", patient: address, by: address });
        expect(event).to.have.deep.property("categories", (await patient.patients.get(address)).exclusions);
        expect((await patient.patients.get(address)).exclusions).to.have.members(["PSY", "HIV"]);
        await say(world, patient, "setExclusions", { categories: ["LABS"] });
        expect((await patient.patients.get(address)).exclusions).to.deep.equal(["LABS"]);
        await say(world, patient, "setExclusions", { categories: [] });
        expect((await patient.patients.get(address)).exclusions).to.deep.equal([]);
        await say(world, patient, "setExclusions", { categories: allCategories() });
        expect((await patient.patients.get(address)).exclusions).to.deep.equal(allCategories());
      });

      it("closes at once what break-glass has opened", async () => {
        const equipped = await fixtures.equipped();
        const patient = await clientOf(equipped.signers.patient, equipped.deployment);
        const world = { ...equipped, patient } as unknown as Controlled;
        await breakGlass(equipped, "LABS", "NOTES");
        const question = {
          patient: equipped.signers.patient.address,
          grantee: equipped.signers.clinic.address,
          purpose: "BTG",
        } as const;
        const decide = async (category: Category) =>
          (await equipped.as.clinic.consents.decide({ ...question, categories: [category] })).decision;
        expect([await decide("LABS"), await decide("NOTES")]).to.deep.equal(["PermitEmergency", "PermitEmergency"]);
        await say(world, patient, "setExclusions", { categories: ["LABS"] });
        expect([await decide("LABS"), await decide("NOTES")]).to.deep.equal(["Withheld", "PermitEmergency"]);
      });

      it("refuses what is no list of categories", async () => {
        const world = await controlled();
        const { patient, signers } = world;
        const wrong = [
          [{ categories: ["LAB"] }, UnknownCodeError],
          [{ categories: "PSY" }, InvalidParameterError],
          [{}, InvalidParameterError],
          [{ category: ["PSY"] }, InvalidParameterError],
          [{ patient: "nobody", categories: ["PSY"] }, InvalidAddressError],
        ] as const;
        const before = await sent(signers.patient);
        for (const [params, type] of wrong) {
          await expectError(say(world, patient, "setExclusions", params as never), type);
        }
        expect(await sent(signers.patient)).to.equal(before);
      });
    });
  }

  it("the last word counts, however it is delivered; of two with one stamp both exclude", async () => {
    const world = await controlled();
    const { as, patient, address, deployment, signers } = world;
    const clients = await Promise.all([1, 2].map(() => connect({ runner: signers.patient, deployment })));
    const [first, second] = await Promise.all([
      clients[0]!.patients.setExclusions.sign({ categories: ["PSY"] }),
      clients[1]!.patients.setExclusions.sign({ categories: ["HIV"] }),
    ]);
    expect(first.message.issuedAt).to.equal(second.message.issuedAt);
    const last = await clients[0]!.patients.setExclusions.sign({ categories: ["LABS"] });
    await as.stranger.relay.submit(second);
    await expectRefused(world, second, NothingToDeliverError);
    await as.stranger.relay.submit(first);
    await expectRefused(world, first, NothingToDeliverError);
    expect((await patient.patients.get(address)).exclusions).to.have.members(["PSY", "HIV"]);
    await as.stranger.relay.submit(last);
    await expectRefused(world, first, NothingToDeliverError);
    expect((await patient.patients.get(address)).exclusions).to.deep.equal(["LABS"]);
  });

  it("signed after a direct word in the newest block it counts", async () => {
    const world = await controlled();
    const { as, patient, address } = world;
    await patient.patients.setExclusions({ categories: ["PSY"] });
    await as.stranger.relay.submit(await patient.patients.setExclusions.sign({ categories: ["HIV"] }));
    expect((await patient.patients.get(address)).exclusions).to.deep.equal(["HIV"]);
  });

  it("can be built, for somebody else to send", async () => {
    const { patient, address, signers } = await controlled();
    await signers.patient.sendTransaction(await patient.patients.setExclusions.request({ categories: ["PSY"] }));
    expect((await patient.patients.get(address)).exclusions).to.deep.equal(["PSY"]);
  });
});
