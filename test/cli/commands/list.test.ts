import { ANY_PROVIDER } from "@consentry/sdk";
import { expect } from "chai";
import { address, LABS, startWorld, type World } from "../support/world.js";

const { patient, otherPatient, clinic, hospital } = address;

interface Listed {
  consents: { patient: string; grantee: string; status: string; terms?: { from?: string; until: string } }[];
}

describe("consentry list", function () {
  this.timeout(60_000);

  let world: World;
  let first: number;

  const listed = async (...args: string[]) => ((await world.json("list", ...args)) as unknown as Listed).consents;

  before(async () => {
    world = await startWorld();
    const consentry = await world.as("patient");
    const dated = { ...LABS, from: "2026-01-01", until: "2098-12-31" };
    first = (await consentry.consents.grant({ ...dated, grantee: clinic })).blockNumber;
    await consentry.consents.grant({ ...LABS, grantee: hospital });
    await consentry.consents.revoke({ grantee: hospital });
    await consentry.consents.grant({ ...LABS, grantee: ANY_PROVIDER, purposes: ["HRESCH"] });
    await (await world.as("otherPatient")).consents.grant({ ...LABS, grantee: clinic });
  });
  after(() => world.close());

  it("shows what a patient said, as a table", async () => {
    const { code, stdout, stderr } = await world.run(["list", "--patient", patient]);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.match(/│ Status +│ Of, to, in +│ What +│ When +│/);
    expect(stdout).to.include("from 2026-01-01T00:00:00Z until 2099-01-01T00:00:00Z");
    for (const part of [clinic, hospital, "ANY_PROVIDER", "live", "withdrawn", "refused", "nothing: a refusal"]) {
      expect(stdout).to.include(part);
    }
    expect(stdout).to.not.include(otherPatient);
  });

  it("of one patient, to one grantee, of both, live or past, as JSON", async () => {
    expect(await listed("--patient", patient)).to.have.length(4);
    expect((await listed("--grantee", clinic)).map((each) => each.patient)).to.deep.equal([patient, otherPatient]);
    const [consent, ...others] = await listed("--patient", patient, "--grantee", clinic);
    expect(others).to.deep.equal([]);
    expect(consent).to.include({ status: "live" });
    expect(consent!.terms).to.include({ from: "2026-01-01T00:00:00.000Z", until: "2099-01-01T00:00:00.000Z" });
    const live = await listed("--patient", patient, "--state", "live");
    expect(live.map(({ grantee }) => grantee)).to.deep.equal([clinic, ANY_PROVIDER]);
    const past = await listed("--patient", patient, "--state", "past");
    expect(past.map(({ status }) => status)).to.have.members(["withdrawn", "refused"]);
  });

  it("takes ANY_PROVIDER by name, and a block", async () => {
    expect((await listed("--grantee", "ANY_PROVIDER")).map(({ grantee }) => grantee)).to.deep.equal([ANY_PROVIDER]);
    expect(await listed("--patient", patient, "--at", String(first))).to.have.length(1);
  });

  it("says that there is nothing", async () => {
    expect(await world.run(["list", "--patient", hospital])).to.deep.equal({
      code: 0,
      stdout: "No consents.\n",
      stderr: "",
    });
  });

  it("needs a patient or a grantee, and a state that there is", async () => {
    const nobody = await world.run(["list"]);
    expect(nobody.code).to.equal(2);
    expect(nobody.stderr).to.include("Neither --patient nor --grantee is given.");
    const wrong = await world.run(["list", "--patient", patient, "--state", "dead"]);
    expect(wrong.code).to.equal(2);
    expect(wrong.stderr).to.include("live, past, all");
  });
});
