import {
  allCategories,
  categoriesToBits,
  type Client,
  contentHash,
  EndedByPatientError,
  ExcludedFromBreakGlassError,
  InvalidAddressError,
  newSalt,
  NoSignerError,
  NotEmpoweredForError,
  TooManyEmergenciesError,
  UnexpectedTransactionError,
  UnknownCodeError,
} from "@consentry/sdk";
import { type BreakGlassParams, emergencyOf } from "@consentry/sdk/emergency";
import { expect } from "chai";
import { createClient } from "../../../sdk/dist/client.js";
import { contextOf, waysOf } from "../../../sdk/dist/connect.js";
import { ethers, expectError, networkHelpers, sent, YEAR } from "../setup.js";
import { BURST, emergencyThrough, equipped, expectInvalid, nextAt, REASON, WINDOW } from "./world.js";

const SECOND = 1_000;

describe("emergency.breakGlass", () => {
  it("opens what was asked for, for the window, and returns what proves the reason", async () => {
    const { emergency, patient, clinic, breakGlass, decide } = await equipped();
    expect((await decide()).decision).to.equal("NoConsent");
    const opened = await breakGlass("LABS", "ALLERGIES");
    const block = await ethers.provider.getBlock(opened.blockNumber);
    expect(opened).to.deep.include({
      reason: REASON,
      excluded: [],
      until: new Date((block!.timestamp + WINDOW) * SECOND),
    });
    expect(opened.categories).to.have.members(["LABS", "ALLERGIES"]);
    expect(opened.events).to.have.length(1);
    const [event] = opened.events;
    expect(event).to.deep.include({ type: "GlassBroken", patient, grantee: clinic, by: clinic });
    expect(event!.reasonHash).to.equal(contentHash(REASON, opened.salt));
    expect(event!.terms).to.deep.include({ purposes: ["BTG"], until: opened.until });
    expect(event!.terms.actions).to.have.members(["access", "use"]);
    expect(opened.subject).to.equal(emergency.stranger.subjectOf(event!));
    expect(await decide()).to.include({ permitted: true, decision: "PermitEmergency" });
    expect((await decide("MEDICATIONS")).permitted).to.be.false;
  });

  it("is over after the last second of the window, not before", async () => {
    const { breakGlass, decide } = await equipped();
    const { until } = await breakGlass("LABS");
    await nextAt(new Date(until.getTime() - SECOND));
    await networkHelpers.mine();
    expect((await decide()).decision).to.equal("PermitEmergency");
    await nextAt(until);
    await networkHelpers.mine();
    expect((await decide()).decision).to.equal("Expired");
  });

  it("adds categories where it is broken already, but no time; a new window comes after the last second", async () => {
    const { breakGlass } = await equipped();
    const first = await breakGlass("LABS");
    await nextAt(new Date(first.until.getTime() - SECOND));
    const second = await breakGlass("ALLERGIES");
    expect(second.until).to.deep.equal(first.until);
    expect(second.categories).to.have.members(["LABS", "ALLERGIES"]);
    expect(second.events[0]!.statedAt).to.deep.equal(first.events[0]!.statedAt);
    expect(second.subject).to.not.equal(first.subject);
    await nextAt(first.until);
    const third = await breakGlass("ALLERGIES");
    expect(third.categories).to.deep.equal(["ALLERGIES"]);
    expect(third.until).to.deep.equal(new Date(first.until.getTime() + WINDOW * SECOND));
  });

  it("salts each reason anew, or with the salt that was kept before", async () => {
    const { emergency, patient, breakGlass } = await equipped();
    const [one, other] = [await breakGlass("LABS"), await breakGlass("LABS")];
    expect(one.salt).to.not.equal(other.salt);
    expect(one.events[0]!.reasonHash).to.not.equal(other.events[0]!.reasonHash);
    const salt = newSalt();
    const third = await emergency.clinic.breakGlass({ patient, categories: ["LABS"], reason: REASON, salt });
    expect(third.salt).to.equal(salt);
  });

  it("takes the reason in its normal form, and says so", async () => {
    const { emergency, patient } = await equipped();
    const opened = await emergency.clinic.breakGlass({
      patient,
      categories: ["LABS"],
      reason: " Bewußtlos, u\u0308ber 80\n",
    });
    expect(opened.reason).to.equal("Bewußtlos, über 80");
    expect(emergency.stranger.verifyReason(opened.events[0]!, opened)).to.be.true;
  });

  it("by a member with that ability is in the organization's name", async () => {
    const { as, emergency, signers, patient, clinic } = await equipped();
    const member = signers.member.address;
    const asked = { patient, grantee: clinic, categories: ["LABS"], reason: REASON } as const;
    const until = (await networkHelpers.time.latest()) + YEAR;
    const refused = { args: { caller: member, provider: clinic, capability: 4n } };
    await expectError(emergency.member.breakGlass(asked), NotEmpoweredForError, refused);
    await as.clinic.providers.setMember({ member, abilities: ["read", "contribute", "audit"], until });
    await expectError(emergency.member.breakGlass(asked), NotEmpoweredForError, refused);
    await as.clinic.providers.setMember({ member, abilities: ["emergency"], until });
    const { events } = await emergency.member.breakGlass(asked);
    expect(events[0]).to.include({ grantee: clinic, by: member });
  });

  it("can be built without being sent: reason and salt are kept by whoever builds it", async () => {
    const { emergency, signers, patient, clinic } = await equipped();
    const asked = { patient, grantee: clinic, categories: ["LABS"], reason: REASON } as const;
    const { reason, salt, ...transaction } = await emergency.stranger.breakGlass.request(asked);
    expect(Object.keys(transaction)).to.have.members(["to", "data"]);
    await signers.clinic.sendTransaction(transaction);
    const [entry] = await emergency.patient.history({ patient });
    expect(emergency.patient.verifyReason(entry!, { reason, salt })).to.be.true;
  });

  describe("is refused", () => {
    it("to a provider without the capability, and to one that is suspended", async () => {
      const { as, emergency, signers, patient, clinic } = await equipped();
      const asked = { patient, categories: ["LABS"], reason: REASON } as const;
      const hospital = signers.hospital.address;
      await expectError(emergency.hospital.breakGlass(asked), NotEmpoweredForError, {
        args: { caller: hospital, provider: hospital, capability: 4n },
      });
      await as.accreditor.providers.suspend({ provider: clinic });
      await expectError(emergency.clinic.breakGlass(asked), NotEmpoweredForError);
    });

    it("for what the patient excluded; of a mix the rest opens", async () => {
      const { as, breakGlass, decide, patient } = await equipped();
      await as.patient.patients.setExclusions({ categories: ["PSY", "HIV"] });
      await expectError(breakGlass("PSY", "HIV"), ExcludedFromBreakGlassError, {
        args: { patient, categories: categoriesToBits(["PSY", "HIV"]) },
      });
      const opened = await breakGlass("LABS", "PSY");
      expect(opened).to.deep.include({ categories: ["LABS"], excluded: ["PSY"] });
      expect((await decide("LABS")).decision).to.equal("PermitEmergency");
      expect((await decide("PSY")).decision).to.equal("Withheld");
    });

    it("for everything where the patient excluded everything", async () => {
      const { as, breakGlass } = await equipped();
      await as.patient.patients.setExclusions({ categories: allCategories() });
      await expectError(breakGlass(...allCategories()), ExcludedFromBreakGlassError);
    });

    for (const [how, end] of [
      ["refused it", (patient: Client, grantee: string) => patient.consents.revoke({ grantee, purpose: "BTG" })],
      ["withdrew everything", (patient: Client) => patient.consents.revokeAll()],
    ] as const) {
      it(`for a window after the patient ${how}`, async () => {
        const { as, breakGlass, decide, clinic } = await equipped();
        await breakGlass("LABS");
        const { blockNumber } = await end(as.patient, clinic);
        expect((await decide()).decision).to.equal("Revoked");
        const ended = (await ethers.provider.getBlock(blockNumber))!.timestamp;
        const waitsUntil = BigInt(ended + WINDOW) * 1_000n + 999n;
        await nextAt(new Date((ended + WINDOW) * SECOND));
        await expectError(breakGlass("LABS"), EndedByPatientError, { args: { waitsUntil } });
        await nextAt(new Date((ended + WINDOW + 1) * SECOND));
        expect((await breakGlass("LABS")).categories).to.deep.equal(["LABS"]);
      });
    }

    it("once the organization did it too often; with time it may again", async () => {
      const { emergency, breakGlass, clinic, signers } = await equipped();
      for (let i = 0; i < BURST; i += 1) await breakGlass("LABS");
      expect(await emergency.stranger.left(clinic)).to.equal(0);
      const before = await sent(signers.clinic);
      await expectError(breakGlass("LABS"), TooManyEmergenciesError, { args: { provider: clinic } });
      expect(await sent(signers.clinic)).to.equal(before);
      await networkHelpers.time.increase((24 * 3600) / BURST);
      await breakGlass("LABS");
    });

    it("to pass for done where the wallet sent something else", async () => {
      const { deployment, patient, clinic, breakGlass } = await equipped();
      const { hash, salt } = await breakGlass("LABS");
      const liar = await emergencyThrough(clinic, deployment, hash);
      const asked = { patient, categories: ["LABS"], reason: REASON } as const;
      await expectError(liar.breakGlass(asked), UnexpectedTransactionError, { hash });
      expect(await liar.breakGlass({ ...asked, salt })).to.include({ hash }); // the very same
    });

    it("without anybody who signs, but it can be built", async () => {
      const { as, patient, clinic } = await equipped();
      const reader = emergencyOf(createClient(contextOf(as.clinic.deployment, waysOf(ethers.provider))));
      const asked = { patient, categories: ["LABS"], reason: REASON } as const;
      await expectError(reader.breakGlass(asked), NoSignerError);
      await expectError(reader.breakGlass({ ...asked, grantee: clinic }), NoSignerError);
      expect(await reader.breakGlass.request({ ...asked, grantee: clinic })).to.include({ reason: REASON });
    });
  });

  const cases: [what: string, params: object, parameter: string][] = [
    ["no categories", { categories: [] }, "categories"],
    ["categories that are left out", { categories: undefined }, "categories"],
    ["no reason", { reason: undefined }, "reason"],
    ["an empty reason", { reason: " \n" }, "reason"],
    ["a reason of two lines", { reason: "Unconscious\nafter an accident" }, "reason"],
    ["a reason that turns the direction of writing", { reason: "after \u202ean accident" }, "reason"],
    ["a reason that is too long", { reason: "x".repeat(501) }, "reason"],
    ["a salt that is too short", { salt: "0x12" }, "salt"],
    ["actions, which the contract sets", { actions: ["access"] }, "actions"],
    ["a provider by another name", { provider: "x" }, "provider"],
  ];
  for (const [what, params, parameter] of cases) {
    it(`refuses ${what} before anything is sent`, async () => {
      const { emergency, signers, patient } = await equipped();
      const before = await sent(signers.clinic);
      const asked = { patient, categories: ["LABS"], reason: REASON, ...params } as BreakGlassParams;
      await expectInvalid(emergency.clinic.breakGlass(asked), parameter);
      await expectInvalid(emergency.clinic.breakGlass.request(asked), parameter);
      expect(await sent(signers.clinic)).to.equal(before);
    });
  }

  it("takes a reason of 500 characters", async () => {
    const { emergency, patient } = await equipped();
    const reason = "x".repeat(500);
    expect(await emergency.clinic.breakGlass({ patient, categories: ["LABS"], reason })).to.include({ reason });
  });

  it("refuses unknown categories and what is no address", async () => {
    const { emergency, patient } = await equipped();
    const asked = { patient, categories: ["LABS"], reason: REASON } as const;
    const unknown = { ...asked, categories: ["x"] } as BreakGlassParams;
    await expectError(emergency.clinic.breakGlass(unknown), UnknownCodeError);
    await expectError(emergency.clinic.breakGlass({ ...asked, patient: "x" }), InvalidAddressError);
    await expectError(emergency.clinic.breakGlass({ ...asked, grantee: "x" }), InvalidAddressError);
  });
});
