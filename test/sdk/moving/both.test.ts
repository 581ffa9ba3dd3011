import {
  ANY_PROVIDER,
  type Category,
  type Client,
  type DecideParams,
  InvalidParameterError,
  newGuardians,
  newRecordId,
} from "@consentry/sdk";
import { emergencyOf } from "@consentry/sdk/emergency";
import { expect } from "chai";
import { decide as decideBetween } from "../../../sdk/dist/moving/decide.js";
import { contextOfClient } from "../../../sdk/dist/client.js";
import { expectError, LABS, networkHelpers } from "../setup.js";
import { succeeded } from "./world.js";

/** A patient who has told neither registry anything, and what is asked. */
async function world() {
  const found = await succeeded();
  const { signers, moving } = found;
  const [patient, clinic] = [signers.patient.address, signers.clinic.address];
  const question = { patient, grantee: clinic, categories: ["LABS"], purpose: "TREAT" } as const;
  const decide = async (more: Partial<DecideParams> = {}) => {
    const asked: DecideParams = { ...question, ...more };
    const { decision, client } = await moving.decide(asked);
    return [decision, client === moving.to ? "to" : "from"];
  };
  const move = async () => moving.deliver(await moving.sign(await moving.plan(patient)));
  const breakGlass = (client: Client, ...categories: Category[]) =>
    emergencyOf(client).breakGlass({ patient, categories, reason: "unconscious" });
  return { ...found, patient, clinic, question, decide, move, breakGlass };
}

const PROVIDERS = { ...LABS, grantee: ANY_PROVIDER } as const;

describe("a refusal in the predecessor, before the move", () => {
  it("keeps a hidden record hidden when the glass is broken in the successor", async () => {
    const { as, next, clinic, decide, breakGlass } = await world();
    const record = newRecordId(clinic);
    await as.patient.consents.revoke({ grantee: clinic, record });
    await breakGlass(next.clinic, "LABS");
    expect(await decide({ purpose: "BTG" })).to.deep.equal(["PermitEmergency", "to"]);
    expect(await decide({ purpose: "BTG", record })).to.deep.equal(["Withheld", "from"]);
  });

  it("ends glass that was broken in the successor, if it comes later", async () => {
    const { as, next, decide, breakGlass } = await world();
    await as.patient.consents.revokeAll();
    await breakGlass(next.clinic, "LABS");
    expect(await decide({ purpose: "BTG" })).to.deep.equal(["PermitEmergency", "to"]);
    await as.patient.consents.revokeAll();
    expect((await decide({ purpose: "BTG" }))[0]).not.to.equal("PermitEmergency");
  });

  it("of a provider stands against a consent to any provider in the successor", async () => {
    const { as, next, clinic, signers, decide } = await world();
    await as.patient.consents.revoke({ grantee: clinic });
    await next.patient.consents.grant(PROVIDERS);
    expect(await decide()).to.deep.equal(["Revoked", "from"]);
    expect(await decide({ grantee: signers.hospital.address })).to.deep.equal(["Permit", "to"]);
  });

  it("that is older gives way to a consent in its very place, and one that is newer does not", async () => {
    const { as, next, clinic, decide } = await world();
    await as.patient.consents.revoke({ grantee: clinic, purpose: "TREAT" });
    await next.patient.consents.grant({ ...LABS, grantee: clinic });
    expect(await decide()).to.deep.equal(["Permit", "to"]);
    await as.patient.consents.revoke({ grantee: clinic });
    expect((await decide())[0]).to.equal("Revoked");
  });

  it("of everything ends what was said to the successor before it, not what is said after", async () => {
    const { as, next, clinic, decide } = await world();
    await next.patient.consents.grant({ ...LABS, grantee: clinic });
    await as.patient.consents.revokeAll();
    expect((await decide())[0]).to.equal("NoConsent");
    await next.patient.consents.grant({ ...LABS, grantee: clinic });
    expect(await decide()).to.deep.equal(["Permit", "to"]);
  });

  it("that a document narrows stands before a consent to any provider in the successor", async () => {
    const { as, next, clinic, decide } = await world();
    await as.patient.consents.grant({ ...LABS, grantee: clinic, conditional: true, evidence: `0x${"01".repeat(32)}` });
    await next.patient.consents.grant(PROVIDERS);
    expect(await decide()).to.deep.equal(["PermitConditional", "from"]);
  });
});

describe("what was said to the successor, before the move", () => {
  it("keeps break-glass of the predecessor from what was excluded", async () => {
    const { as, next, decide, breakGlass } = await world();
    await breakGlass(as.clinic, "LABS", "MEDICATIONS");
    await next.patient.patients.setExclusions({ categories: ["LABS"] });
    expect(await decide({ purpose: "BTG", categories: ["MEDICATIONS"] })).to.deep.equal(["PermitEmergency", "from"]);
    expect(await decide({ purpose: "BTG" })).to.deep.equal(["NoConsent", "to"]);
  });

  it("is heeded though it comes while the predecessor is asked", async () => {
    const { as, next, clinic, question } = await world();
    await as.patient.consents.grant({ ...LABS, grantee: clinic });
    const { consents } = as.patient;
    const refusing: typeof consents.decide = async (...asked) => {
      await next.patient.consents.revoke({ grantee: clinic });
      return consents.decide(...asked);
    };
    const from = { ...as.patient, consents: { ...consents, decide: refusing } };
    const [before, after] = [contextOfClient(as.patient), contextOfClient(next.patient)];
    const { decision } = await decideBetween({ from, to: next.patient, before, after }, question);
    expect(decision).to.equal("Revoked");
  });
});

describe("a refusal in the predecessor, after the move", () => {
  it("of a record holds though the patient had consented to the same provider in the successor", async () => {
    const { as, next, clinic, decide, move } = await world();
    const record = newRecordId(clinic);
    await as.patient.consents.revoke({ grantee: clinic, record });
    await next.patient.consents.grant({ ...LABS, grantee: clinic });
    expect(await decide({ record })).to.deep.equal(["Withheld", "from"]);
    await move();
    expect(await decide({ record })).to.deep.equal(["Withheld", "to"]);
    expect(await decide()).to.deep.equal(["Permit", "to"]);
  });

  it("of a provider holds beside what the patient said to it since, which stands", async () => {
    const { as, next, clinic, decide, move, moving, patient } = await world();
    await as.patient.consents.revoke({ grantee: clinic });
    await next.patient.consents.grant({ ...LABS, grantee: clinic, purposes: ["HRESCH"] });
    await next.patient.consents.grant(PROVIDERS);
    const { refusals } = await moving.plan(patient);
    expect(refusals.map(({ issuedAt }) => issuedAt === undefined)).to.deep.equal([false]);
    await move();
    expect(await decide()).to.deep.equal(["Revoked", "to"]);
    expect(await decide({ purpose: "HRESCH" })).to.deep.equal(["Permit", "to"]);
  });

  it("of a record holds though the patient has withdrawn everything in the successor", async () => {
    const { as, next, clinic, decide, move } = await world();
    const record = newRecordId(clinic);
    await as.patient.consents.revoke({ grantee: clinic, record });
    await next.patient.consents.revokeAll();
    await next.patient.consents.grant({ ...LABS, grantee: clinic });
    expect(await decide({ record })).to.deep.equal(["Withheld", "from"]);
    await move();
    expect(await decide({ record })).to.deep.equal(["Withheld", "to"]);
  });
});

describe("what was withdrawn in the predecessor", () => {
  it("after a plan was read is not signed", async () => {
    const { as, clinic, moving, patient } = await world();
    await as.patient.consents.grant({ ...LABS, grantee: clinic });
    const plan = await moving.plan(patient);
    await as.patient.consents.revoke({ grantee: clinic });
    await expectError(moving.sign(plan), InvalidParameterError, { parameter: "plan" });
  });

  it("or was said of guardians after a plan was read, is not signed", async () => {
    const { as, signers, moving, patient } = await world();
    const plan = await moving.plan(patient);
    const guardians = newGuardians({ patient, accounts: [signers.stranger.address], threshold: 1 });
    await as.patient.patients.setGuardians({ guardians, delay: { days: 1 } });
    await expectError(moving.sign(plan), InvalidParameterError, { parameter: "plan" });
  });

  it("of representatives after a plan was read is not signed, and after it was signed is not delivered", async () => {
    const { as, signers, moving, patient } = await world();
    const representative = signers.member.address;
    const appointment = { representative, until: "2090-12-31" } as const;
    await as.patient.patients.appointRepresentative(appointment);
    const plan = await moving.plan(patient);
    await as.patient.patients.dismissRepresentative({ representative });
    await expectError(moving.sign(plan), InvalidParameterError, { parameter: "plan" });
    await as.patient.patients.appointRepresentative(appointment);
    const signed = await moving.sign(await moving.plan(patient));
    await as.patient.patients.dismissRepresentative({ representative });
    await expectError(moving.deliver(signed), InvalidParameterError, { parameter: "statements" });
    const guardians = newGuardians({ patient, accounts: [signers.stranger.address], threshold: 1 });
    const again = await moving.sign(await moving.plan(patient));
    await as.patient.patients.setGuardians({ guardians, delay: { days: 1 } });
    await expectError(moving.deliver(again), InvalidParameterError, { parameter: "statements" });
    expect(await moving.hasMoved(patient)).to.equal(false);
  });

  for (const everything of [false, true]) {
    it(`after it was signed is not delivered: ${everything ? "everything" : "one consent"}`, async () => {
      const { as, clinic, moving, patient, decide } = await world();
      await as.patient.consents.grant({ ...LABS, grantee: clinic });
      const signed = await moving.sign(await moving.plan(patient));
      await (everything
        ? as.patient.consents.revokeAll()
        : as.patient.consents.revoke({ grantee: clinic, purpose: "TREAT" }));
      await expectError(moving.deliver(signed), InvalidParameterError, { parameter: "statements" });
      await networkHelpers.mine();
      expect((await decide())[0]).to.equal("Revoked");
    });
  }

  it("is withdrawn until the move, though somebody delivers the consents that were signed before", async () => {
    const { as, next, clinic, moving, patient, decide } = await world();
    await as.patient.consents.grant({ ...LABS, grantee: clinic });
    const [grants] = await moving.sign(await moving.plan(patient));
    await as.patient.consents.revoke({ grantee: clinic, purpose: "TREAT" });
    await next.relayer.relay.submit(grants);
    expect((await decide())[0]).to.equal("Revoked");
  });
});
