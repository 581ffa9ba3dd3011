import { expect } from "chai";
import { ALL_CATEGORIES } from "../codes.js";
import { EMERGENCY } from "../words.js";
import {
  breakGlass,
  broken,
  decide,
  type Emergencies,
  expectRefused,
  LABS,
  load,
  NOTES,
  opened,
  PSY,
  REASON,
  stored,
} from "./setup.js";

describe("Break-glass: what the patient excluded", () => {
  async function exclude({ consents, signers }: Emergencies, categories: bigint) {
    await consents.connect(signers.patient).setExclusions(signers.patient, categories);
  }

  const decisions = (world: Emergencies) =>
    Promise.all([LABS, PSY, LABS | PSY].map(async (categories) => (await decide(world, { categories })).decision));

  it("before is not opened; the rest is", async () => {
    const world = await load();
    const { consents, signers } = world;
    await exclude(world, PSY);
    const { at, sending } = await breakGlass(world, { categories: LABS | PSY });
    await expect(sending)
      .to.emit(consents, "GlassBroken")
      .withArgs(signers.patient, signers.clinic, opened(at), REASON, signers.clinic);
    expect(await decisions(world)).to.deep.equal(["PermitEmergency", "Withheld", "Withheld"]);
  });

  it("before, and nothing else asked for: refused, also while something else is open", async () => {
    const world = await load();
    const { patient } = world.signers;
    await exclude(world, PSY | NOTES);
    for (const categories of [PSY, NOTES, PSY | NOTES]) {
      await expectRefused(world, { categories }, "ExcludedFromBreakGlass", patient, categories);
    }
    const at = await broken(world, { categories: LABS | PSY });
    await expectRefused(world, { categories: PSY }, "ExcludedFromBreakGlass", patient, PSY);
    expect(await stored(world)).to.equal(opened(at));
  });

  it("of all categories: it opens nothing at all", async () => {
    const world = await load();
    await exclude(world, ALL_CATEGORIES);
    for (const categories of [LABS, ALL_CATEGORIES]) {
      await expectRefused(world, { categories }, "ExcludedFromBreakGlass", world.signers.patient, categories);
    }
  });

  it("afterwards is closed at once: withheld, by the word that had opened it", async () => {
    const world = await load();
    const at = await broken(world, { categories: LABS | PSY });
    await exclude(world, PSY);
    expect(await decisions(world)).to.deep.equal(["PermitEmergency", "Withheld", "Withheld"]);
    expect(await decide(world, { categories: PSY })).to.deep.equal({
      decision: "Withheld",
      holder: world.signers.clinic.address,
      scope: EMERGENCY,
    });
    expect(await stored(world)).to.equal(opened(at, LABS | PSY));
  });

  it("afterwards and no more: what was opened is open again, and no more than that", async () => {
    const world = await load();
    await broken(world, { categories: LABS | PSY });
    await exclude(world, PSY | NOTES);
    await exclude(world, 0n);
    expect(await decisions(world)).to.deep.equal(["PermitEmergency", "PermitEmergency", "PermitEmergency"]);
    expect((await decide(world, { categories: NOTES })).decision).to.equal("CategoryNotCovered");
  });

  it("when it was broken, and no more: stays closed until somebody breaks it again", async () => {
    const world = await load();
    await exclude(world, PSY);
    const at = await broken(world, { categories: LABS | PSY });
    await exclude(world, 0n);
    expect(await decisions(world)).to.deep.equal(["PermitEmergency", "CategoryNotCovered", "CategoryNotCovered"]);
    await broken(world, { categories: PSY });
    expect(await stored(world)).to.equal(opened(at, LABS | PSY));
  });

  it("between two breaks falls out of what was opened, for good", async () => {
    const world = await load();
    const at = await broken(world, { categories: LABS | PSY });
    await exclude(world, PSY);
    await broken(world, { categories: NOTES | PSY });
    expect(await stored(world)).to.equal(opened(at, LABS | NOTES));
    await exclude(world, 0n);
    expect((await decide(world, { categories: PSY })).decision).to.equal("CategoryNotCovered");
    expect((await decide(world, { categories: LABS | NOTES })).decision).to.equal("PermitEmergency");
  });

  it("is withheld before any other reason, but an ended or expired word is that", async () => {
    const world = await load();
    const { consents, signers } = world;
    await broken(world, { categories: LABS });
    await exclude(world, PSY);
    expect((await decide(world, { categories: PSY })).decision).to.equal("Withheld");
    await consents.connect(signers.patient).revoke(signers.patient, [{ grantee: signers.clinic, scope: EMERGENCY }]);
    expect((await decide(world, { categories: PSY })).decision).to.equal("Revoked");
  });

  it("of one patient is nothing to another", async () => {
    const world = await load();
    await exclude(world, LABS);
    const { otherPatient, clinic } = world.signers;
    const at = await broken(world, { patient: otherPatient });
    expect(await world.consents.termsOf(otherPatient, clinic, EMERGENCY)).to.equal(opened(at));
  });

  it("says nothing of consents that the patient gave", async () => {
    const world = await load();
    const { consents, signers } = world;
    await exclude(world, ALL_CATEGORIES);
    expect(await consents.termsOf(signers.patient, signers.clinic, EMERGENCY)).to.equal(0n);
    expect((await decide(world)).decision).to.equal("NoConsent");
  });
});
