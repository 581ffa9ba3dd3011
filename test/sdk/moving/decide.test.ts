import {
  DeploymentMismatchError,
  InvalidParameterError,
  newGuardians,
  newRecordId,
  NoDocumentsError,
  NotControllerOfError,
  RecoveryUnderWayError,
} from "@consentry/sdk";
import { emergencyOf } from "@consentry/sdk/emergency";
import { consentGuard } from "@consentry/sdk/server";
import { movingBetween } from "@consentry/sdk/moving";
import { expect } from "chai";
import { id } from "ethers";
import { expectError, LABS } from "../setup.js";
import { type Succeeded, succeeded } from "./world.js";

/** A world in which the patient lets the clinic see, and collect, laboratory results for treatment, in the predecessor. */
async function granted() {
  const world = await succeeded();
  const { as, signers } = world;
  const [patient, grantee] = [signers.patient.address, signers.clinic.address];
  const terms = { ...LABS, actions: ["access", "collect"], grantee } as const;
  await as.patient.consents.grant(terms);
  const question = { patient, grantee, categories: ["LABS"], purpose: "TREAT" } as const;
  const decide = async () => {
    const { permitted, decision, client } = await world.moving.decide(question);
    return { permitted, decision, by: client === world.moving.to ? "to" : "from" };
  };
  return { ...world, patient, grantee, terms, question, decide };
}

const move = async ({ moving }: Succeeded, patient: string) =>
  moving.deliver(await moving.sign(await moving.plan(patient)));

describe("a decision while patients move", () => {
  it("is the predecessor's of who has said nothing to the successor", async () => {
    const { as, decide, grantee } = await granted();
    expect(await decide()).to.deep.equal({ permitted: true, decision: "Permit", by: "from" });
    await as.patient.consents.revoke({ grantee });
    expect(await decide()).to.deep.equal({ permitted: false, decision: "Revoked", by: "from" });
  });

  it("is the successor's after the move: what is said to the predecessor counts no more", async () => {
    const { as, next, decide, grantee, terms, patient, ...world } = await granted();
    await move({ as, next, ...world }, patient);
    expect(await decide()).to.deep.equal({ permitted: true, decision: "Permit", by: "to" });
    await as.patient.consents.revoke({ grantee });
    expect(await decide()).to.deep.equal({ permitted: true, decision: "Permit", by: "to" });
    await next.patient.consents.revoke({ grantee });
    await as.patient.consents.grant(terms);
    expect(await decide()).to.deep.equal({ permitted: false, decision: "Revoked", by: "to" });
    await as.patient.consents.grant({ ...terms, grantee: world.signers.hospital.address });
    const asked = { patient, grantee: world.signers.hospital.address, categories: ["LABS"], purpose: "TREAT" } as const;
    expect((await world.moving.decide(asked)).decision).to.equal("NoConsent");
  });

  it("heeds what was said to the successor before the move: a refusal, a narrower consent, a withdrawal of everything", async () => {
    const { next, decide, grantee, moving, patient } = await granted();
    await next.patient.consents.grant({ ...LABS, grantee, categories: ["MEDICATIONS"] });
    expect(await decide()).to.deep.equal({ permitted: false, decision: "CategoryNotCovered", by: "to" });
    await next.patient.consents.revoke({ grantee });
    expect(await decide()).to.deep.equal({ permitted: false, decision: "Revoked", by: "to" });
    expect((await moving.plan(patient)).consents).to.deep.equal([]);
    expect(await moving.hasMoved(patient)).to.equal(false);
  });

  it("heeds a withdrawal of everything in the successor, and carries nothing over after it", async () => {
    const { next, decide, moving, patient } = await granted();
    await next.patient.consents.revokeAll();
    expect(await decide()).to.deep.equal({ permitted: false, decision: "NoConsent", by: "to" });
    expect(await moving.plan(patient)).to.deep.include({ hasMoved: true, consents: [], refusals: [] });
  });

  it("keeps from break-glass what the patient keeps from it in either", async () => {
    const { as, next, moving, question } = await granted();
    const asked = { ...question, purpose: "BTG" } as const;
    const decision = async () => (await moving.decide(asked)).decision;
    await emergencyOf(as.clinic).breakGlass({ patient: question.patient, categories: ["LABS"], reason: "unconscious" });
    expect(await decision()).to.equal("PermitEmergency");
    await next.patient.patients.setExclusions({ categories: ["LABS"] });
    expect(await decision()).to.equal("NoConsent");
    await next.patient.patients.setExclusions({ categories: [] });
    expect(await decision()).to.equal("PermitEmergency");
    await as.patient.patients.setExclusions({ categories: ["LABS"] });
    expect(await decision()).to.equal("Withheld");
  });

  it("is narrowed by the one that counts when it is narrowed", async () => {
    const { as, next, moving, patient, signers } = await granted();
    const grantee = signers.hospital.address;
    await as.patient.consents.grant({ ...LABS, grantee, conditional: true, evidence: id("a document") });
    const question = { patient, grantee, categories: ["LABS"], purpose: "TREAT" } as const;
    const { narrow, decision } = await moving.decide(question);
    expect(decision).to.equal("PermitConditional");
    await expectError(narrow!([{}]), NoDocumentsError);
    await next.patient.consents.revoke({ grantee });
    expect(await narrow!([{}])).to.include({ permitted: false, reason: (await moving.decide(question)).reason });
  });

  it("carries nothing to whom something was said in the successor, and all to the others", async () => {
    const { as, next, moving, patient, grantee, signers } = await granted();
    await as.patient.consents.grant({ ...LABS, grantee: signers.hospital.address });
    await next.patient.consents.grant({ ...LABS, grantee, categories: ["MEDICATIONS"] });
    const { consents } = await moving.plan(patient);
    expect(consents.map((each) => each.grantee)).to.deep.equal([signers.hospital.address]);
  });

  it("knows a record by the registry that has it; what has moved waits for its custodian", async () => {
    const { as, next, moving, patient, grantee, ...world } = await granted();
    const content = { patient, categories: ["LABS"], content: "a result", purpose: "TREAT" } as const;
    const { record, contentHash } = await as.clinic.records.register(content);
    const question = { record, grantee: world.signers.clinic.address, purpose: "TREAT" } as const;
    const decide = async () => {
      const { decision, client } = await moving.decide(question);
      return [decision, client === moving.to];
    };
    expect(await decide()).to.deep.equal(["Permit", false]);
    const permitted = { ...question, grantee: world.signers.stranger.address };
    expect((await moving.decide(permitted)).permitted).to.equal(false);
    await move({ as, next, moving, ...world }, patient);
    expect(await decide()).to.deep.equal(["NoConsent", true]);
    const [pointer] = await as.clinic.records.list({ custodian: grantee });
    const { categories } = pointer!;
    await next.clinic.records.registerMany({
      records: [{ record, patient, categories, contentHash }],
      purpose: "TREAT",
    });
    expect(await decide()).to.deep.equal(["Permit", true]);
    expect((await next.clinic.records.get(record)).contentHash).to.equal(contentHash);
  });

  it("is refused of a record that neither knows", async () => {
    const { moving, signers } = await granted();
    const question = {
      record: newRecordId(signers.clinic.address),
      grantee: signers.clinic.address,
      purpose: "TREAT",
    } as const;
    expect(await moving.decide(question)).to.include({ decision: "NoConsent", client: moving.to });
  });

  it("names the client that a guard logs through", async () => {
    const { moving, question, patient, ...world } = await granted();
    expect(await moving.clientFor(question)).to.equal(moving.from);
    await move({ moving, ...world }, patient);
    expect(await moving.clientFor(question)).to.equal(moving.to);
    expect(() =>
      consentGuard.express({ consentry: moving, identify: () => undefined, patient: () => undefined }),
    ).not.to.throw();
  });
});

describe("whoever moves a patient", () => {
  it("is the controller in the predecessor: not a former one, and no representative", async () => {
    const { as, next, signers, patient, ...world } = await granted();
    await as.patient.patients.appointRepresentative({ representative: signers.member.address, until: "until-revoked" });
    const acceptance = await as.otherPatient.patients.acceptControl.sign({ patient });
    await as.patient.patients.transferControl({ controller: signers.otherPatient.address, acceptance });
    for (const other of [next.patient, next.member]) {
      const moving = await movingBetween(as.patient, other);
      await expectError(moving.sign(await moving.plan(patient)), NotControllerOfError);
    }
    const moving = await movingBetween(as.otherPatient, next.otherPatient);
    await move({ ...world, as, next, signers, moving }, patient);
    expect(await moving.hasMoved(patient)).to.equal(true);
    expect((await next.stranger.patients.get(patient)).controller).to.equal(signers.otherPatient.address);
  });

  it("can't while guardians give control to somebody else", async () => {
    const { as, signers, moving, patient } = await granted();
    const guardians = newGuardians({ patient, accounts: [signers.stranger.address], threshold: 1 });
    await as.patient.patients.setGuardians({ guardians, delay: { days: 1 } });
    const proposal = await as.stranger.patients.proposeRecovery({
      guardians,
      controller: signers.otherPatient.address,
    });
    const approvals = [await as.stranger.patients.approveRecovery.sign(proposal)];
    await as.stranger.patients.startRecovery({ guardians, approvals });
    await expectError(moving.sign(await moving.plan(patient)), RecoveryUnderWayError);
    await as.patient.patients.cancelRecovery();
    expect(await moving.sign(await moving.plan(patient))).to.have.length(2);
  });
});

describe("movingBetween", () => {
  it("takes two clients of which the second's registry comes after the first's", async () => {
    const { as, next } = await succeeded();
    await expectError(movingBetween(next.patient, as.patient), DeploymentMismatchError, {
      pointer: "ConsentRegistry.predecessor",
    });
    await expectError(movingBetween(next.patient, next.patient), DeploymentMismatchError);
    await expectError(movingBetween({ ...as.patient }, next.patient), InvalidParameterError);
  });
});
