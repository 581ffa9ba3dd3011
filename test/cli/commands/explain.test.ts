import { expect } from "chai";
import { address, LABS, startWorld, type World } from "../support/world.js";

const { patient, clinic, hospital } = address;

const asking = (grantee: string, categories: string) => {
  return ["explain", "--patient", patient, "--grantee", grantee, "--categories", categories, "--purpose", "TREAT"];
};

describe("consentry explain", function () {
  this.timeout(60_000);

  let world: World;
  let hash: string;

  before(async () => {
    world = await startWorld();
    const consentry = await world.as("patient");
    ({ hash } = await consentry.consents.grant({ ...LABS, grantee: clinic }));
  });
  after(() => world.close());

  it("tells what a consent lacks, and which it is, as a table", async () => {
    const { code, stdout, stderr } = await world.run(asking(clinic, "LABS,PSY"));
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.match(/^Permitted +no\nDecision +CategoryNotCovered\n/);
    expect(stdout).to.match(/\nMissing +PSY\n/);
    for (const part of [hash, `by ${patient}`, "LABS for TREAT", "purpose TREAT", "until revoked"]) {
      expect(stdout).to.include(part);
    }
  });

  it("explains a permit as JSON: who said it, when and where", async () => {
    const explanation = await world.json(...asking(clinic, "LABS"));
    expect(explanation).to.include({ permitted: true, decision: "Permit" });
    expect(explanation["word"]).to.include({ holder: clinic, by: patient, transaction: hash });
    const { statedAt } = explanation["word"] as { statedAt: string };
    expect(new Date(statedAt).toISOString()).to.equal(statedAt);
  });

  it("says that nothing was heard, and what a consent would have to name", async () => {
    const { code, stdout } = await world.run(asking(hospital, "LABS"));
    expect(code).to.equal(0);
    expect(stdout)
      .to.match(/\nDecision +NoConsent\n/)
      .and.to.match(/\nMissing +LABS, TREAT, access\n/);
    expect(stdout).to.match(/\nNo consent was heard\.\n$/);
  });

  it("names the standing of a grantee that is not active", async () => {
    await (await world.as("accreditor")).providers.suspend({ provider: hospital });
    const { stdout } = await world.run(asking(hospital, "LABS"));
    expect(stdout)
      .to.match(/\nDecision +GranteeNotActive\n/)
      .and.to.match(/\nStanding +suspended\n/);
  });

  it("needs patient and categories", async () => {
    const record = `0x03${"11".repeat(31)}`;
    const { code, stderr } = await world.run([
      "explain",
      "--record",
      record,
      "--grantee",
      clinic,
      "--purpose",
      "TREAT",
    ]);
    expect(code).to.equal(2);
    expect(stderr).to.include("--patient");
  });
});
