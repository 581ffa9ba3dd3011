import { ANY_PROVIDER, InvalidAddressError, InvalidParameterError, newRecordId } from "@consentry/sdk";
import { expect } from "chai";
import { expectError, fixtures, LABS, networkHelpers } from "../setup.js";

/** Consents of two patients in every state. */
async function many() {
  const world = await fixtures.deployed();
  const { as, signers } = world;
  const [clinic, hospital, lab] = [signers.clinic.address, signers.hospital.address, signers.lab.address];
  const soon = (await networkHelpers.time.latest()) + 600;
  const record = newRecordId(lab);
  await as.patient.consents.grant({
    grants: [
      { ...LABS, grantee: clinic },
      { ...LABS, grantee: clinic, purposes: ["HRESCH"], from: "2098-01-01" },
      { ...LABS, grantee: hospital },
      { ...LABS, grantee: hospital, purposes: ["TREAT", "HRESCH"], until: soon },
      { ...LABS, grantee: ANY_PROVIDER, until: soon },
      { ...LABS, grantee: lab },
    ],
  });
  await as.patient.consents.revoke({
    revocations: [{ grantee: lab }, { record }, { grantee: clinic, purpose: "HPAYMT" }],
  });
  await as.otherPatient.consents.grant({ ...LABS, grantee: clinic });
  await networkHelpers.time.increaseTo(soon);
  return { ...world, clinic, hospital, lab, record, patient: signers.patient.address };
}

describe("consents.list", () => {
  it("gives a patient's present words, in the order in which they were said", async () => {
    const { as, patient, clinic, hospital, lab } = await many();
    const consents = await as.stranger.consents.list({ patient });
    expect(consents.map(({ grantee, scope, status }) => [grantee, scope.kind, status])).to.deep.equal([
      [clinic, "purpose", "live"],
      [clinic, "purpose", "upcoming"],
      [hospital, "purpose", "live"],
      [hospital, "general", "expired"],
      [ANY_PROVIDER, "purpose", "expired"],
      [lab, "purpose", "withdrawn"],
      [lab, "general", "refused"],
      [ANY_PROVIDER, "record", "refused"],
      [clinic, "purpose", "refused"],
    ]);
    expect(consents[0]).to.deep.include({ patient });
    expect(consents[0]!.terms).to.deep.include({ categories: ["LABS"], actions: ["access"], until: "until-revoked" });
    expect(consents[1]!.terms!.from).to.deep.equal(new Date("2098-01-01"));
    expect(consents[7]!.terms).to.be.undefined;
  });

  it("filters by state", async () => {
    const { as, patient } = await many();
    const live = await as.stranger.consents.list({ patient, state: "live" });
    expect(live.map(({ status }) => status)).to.deep.equal(["live", "upcoming", "live"]);
    const past = await as.stranger.consents.list({ patient, state: "past" });
    expect(past).to.have.length(6);
    const all = await as.stranger.consents.list({ patient, state: "all" });
    expect(all).to.have.length(9);
  });

  it("filters by grantee, and by both", async () => {
    const { as, patient, clinic, signers } = await many();
    const toClinic = await as.stranger.consents.list({ grantee: clinic, state: "live" });
    expect(toClinic.map((each) => each.patient)).to.deep.equal([patient, patient, signers.otherPatient.address]);
    expect(await as.stranger.consents.list({ patient, grantee: clinic })).to.have.length(3);
    expect(await as.stranger.consents.list({ patient, grantee: ANY_PROVIDER })).to.have.length(2);
    expect(await as.stranger.consents.list({ patient: signers.stranger.address })).to.deep.equal([]);
  });

  it("keeps withdrawn what a withdrawal ended, after a new general consent, too", async () => {
    const { as, signers } = await fixtures.deployed();
    const [patient, grantee] = [signers.patient.address, signers.clinic.address];
    const general = { ...LABS, grantee, purposes: ["TREAT", "HPAYMT"] as const };
    await as.patient.consents.grant({ ...LABS, grantee });
    await as.patient.consents.revoke({ grantee });
    await as.patient.consents.grant({ ...LABS, grantee, purposes: ["HRESCH"] });
    for (let times = 0; times < 2; times++) {
      await as.patient.consents.grant(general);
      const consents = await as.stranger.consents.list({ patient });
      const statuses = Object.fromEntries(
        consents.map(({ scope, status }) => [scope.kind === "purpose" ? scope.family : scope.kind, status]),
      );
      expect(statuses).to.deep.equal({ TREAT: "withdrawn", HRESCH: "live", general: "live" });
    }
    const research = { patient, grantee, categories: ["LABS"], purpose: "HRESCH" } as const;
    expect((await as.stranger.consents.decide(research)).permitted).to.equal(true);
    const notes = { ...research, purpose: "TREAT", action: "use" } as const;
    expect((await as.stranger.consents.decide(notes)).decision).to.equal("ActionNotCovered");
  });

  it("gives the last word only, and knows revokeAll", async () => {
    const { as, patient, clinic, hospital } = await many();
    await as.patient.consents.revokeAll();
    expect(await as.patient.consents.list({ patient, state: "live" })).to.deep.equal([]);
    const { hash } = await as.patient.consents.grant({ ...LABS, grantee: clinic, categories: ["IMAGING"] });
    const live = await as.patient.consents.list({ patient, state: "live" });
    expect(live).to.have.length(1);
    expect(live[0]!.terms!.categories).to.deep.equal(["IMAGING"]);
    expect(live[0]!.transaction).to.equal(hash);
    await as.patient.consents.revoke({ grantee: hospital });
    const last = (await as.patient.consents.list({ patient })).at(-1);
    expect(last).to.include({ grantee: hospital, status: "refused" });
  });

  it("refuses to list everybody's, and what is no address or state", async () => {
    const { as } = await many();
    await expectError(as.patient.consents.list({}), InvalidParameterError, { parameter: "patient" });
    await expectError(as.patient.consents.list({ patient: "me" }), InvalidAddressError, { parameter: "patient" });
    const state = { patient: ANY_PROVIDER, state: "dead" as "past" };
    await expectError(as.patient.consents.list(state), InvalidParameterError, { parameter: "state" });
  });
});
