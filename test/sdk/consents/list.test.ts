import {
  ANY_PROVIDER,
  type ConsentStatus,
  InvalidAddressError,
  InvalidParameterError,
  newRecordId,
} from "@consentry/sdk";
import { expect } from "chai";
import { familyScope, GENERAL_SCOPE } from "../../../sdk/dist/scopes/scope.js";
import { breakGlass, expectError, fixtures, LABS, networkHelpers, type World } from "../setup.js";
import { deliverRefusal } from "../signed.js";

/** Consents of two patients in every state. */
async function many() {
  const world = await fixtures.deployed();
  const { as, signers } = world;
  const [clinic, hospital, lab] = [signers.clinic.address, signers.hospital.address, signers.lab.address];
  const soon = (await networkHelpers.time.latest()) + 24 * 3600;
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

  it("follows a refusal that was delivered after the consent said later", async () => {
    const world = await fixtures.deployed();
    const { as, signers } = world;
    const [patient, grantee] = [signers.patient.address, signers.clinic.address];
    const narrow = await as.patient.consents.grant({ ...LABS, grantee });
    const between = narrow.events[0]!.statedAt.getTime() + 1;
    await networkHelpers.time.increase(10);
    const general = await as.patient.consents.grant({ ...LABS, grantee, purposes: ["HPAYMT"], scope: "general" });
    const statuses = async () => (await as.stranger.consents.list({ patient })).map(({ status }) => status);
    expect(await statuses()).to.deep.equal(["live", "live"]);
    const late = await deliverRefusal(world, { grantee, scope: GENERAL_SCOPE }, between);
    expect(await statuses()).to.deep.equal(["withdrawn", "live"]);
    const restarted = (await as.stranger.consents.list({ patient }))[1]!;
    expect(restarted).to.deep.include({
      scope: { kind: "general", id: GENERAL_SCOPE },
      statedAt: general.events[0]!.statedAt,
      transaction: late.hash,
    });
    expect(restarted.terms!.from).to.deep.equal(new Date(Math.floor(between / 1000) * 1000));
  });

  describe("agrees with decide on a refusal stamped", () => {
    const cases: [when: string, offset: number, refused: ConsentStatus, replaced: ConsentStatus][] = [
      ["as the consent", 0, "withdrawn", "withdrawn"],
      ["before it, in its second", -1, "live", "withdrawn"],
      ["at the start of its second", -999, "live", "withdrawn"],
      ["in the second before", -1000, "live", "live"],
    ];
    for (const [when, offset, refused, replaced] of cases) {
      it(`${when}: ${refused}, and ${replaced} once a GENERAL consent replaced the refusal`, async () => {
        const world = await fixtures.deployed();
        const { as, signers } = world;
        const [patient, grantee] = [signers.patient.address, signers.clinic.address];
        const { events } = await as.patient.consents.grant({ ...LABS, grantee });
        const question = { patient, grantee, categories: ["LABS"], purpose: "TREAT" } as const;
        const expectStatus = async (status: ConsentStatus) => {
          const [consent] = await as.stranger.consents.list({ patient });
          expect(consent).to.deep.include({ status });
          expect((await as.clinic.consents.decide(question)).permitted).to.equal(status === "live");
        };
        await deliverRefusal(world, { grantee, scope: GENERAL_SCOPE }, events[0]!.statedAt.getTime() + offset);
        await expectStatus(refused);
        await as.patient.consents.grant({ ...LABS, grantee, purposes: ["HPAYMT"], scope: "general" });
        await expectStatus(replaced);
      });
    }
  });

  it("is not moved by a late refusal elsewhere, which changes nothing", async () => {
    const world = await fixtures.deployed();
    const { as, signers } = world;
    const [patient, grantee] = [signers.patient.address, signers.clinic.address];
    const { events } = await as.patient.consents.grant({ ...LABS, grantee });
    const before = await as.stranger.consents.list({ patient });
    await deliverRefusal(world, { grantee, scope: familyScope("TREAT") }, events[0]!.statedAt.getTime() - 1);
    expect(await as.stranger.consents.list({ patient })).to.deep.equal(before);
    expect(before).to.have.length(1);
  });

  describe("knows what break-glass opened", () => {
    const emergency = async ({ as, signers }: World) => {
      const consents = await as.stranger.consents.list({ patient: signers.patient.address });
      return consents.filter(({ scope }) => scope.kind === "emergency");
    };

    it("with its end, and what was added to it", async () => {
      const world = await fixtures.equipped();
      const first = await breakGlass(world, "LABS");
      const { timestamp } = (await first.getBlock())!;
      const { hash } = await breakGlass(world, "MEDICATIONS");
      const [consent, ...others] = await emergency(world);
      expect(others).to.deep.equal([]);
      expect(consent).to.deep.include({
        patient: world.signers.patient.address,
        grantee: world.signers.clinic.address,
        status: "live",
        statedAt: new Date(timestamp * 1000),
        transaction: hash,
      });
      const until = new Date((timestamp + 4 * 3600) * 1000);
      expect(consent!.terms).to.deep.equal({
        categories: ["MEDICATIONS", "LABS"],
        purposes: ["BTG"],
        actions: ["access", "use"],
        from: undefined,
        until,
        conditional: false,
      });
      await networkHelpers.time.increaseTo(until.getTime() / 1000);
      expect((await emergency(world))[0]!.status).to.equal("expired");
    });

    const ends: [what: string, params: object | "all", status: string][] = [
      ["a withdrawal from the provider leaves it", {}, "live"],
      ["a withdrawal of just this ends it", { purpose: "BTG" }, "refused"],
      ["a withdrawal of everything ends it", "all", "withdrawn"],
    ];
    for (const [what, params, status] of ends) {
      it(what, async () => {
        const world = await fixtures.equipped();
        const { as, signers } = world;
        const grantee = signers.clinic.address;
        await breakGlass(world, "LABS");
        if (params === "all") await as.patient.consents.revokeAll();
        else await as.patient.consents.revoke({ grantee, ...params });
        expect((await emergency(world)).map((each) => each.status)).to.deep.equal([status]);
        const question = { patient: signers.patient.address, grantee, categories: ["LABS"], purpose: "BTG" };
        expect((await as.clinic.consents.decide(question)).permitted).to.equal(status === "live");
      });
    }
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
