import {
  ANY_PROVIDER,
  type Client,
  createPasskey,
  newGuardians,
  newProgrammeId,
  newRecordId,
  type SignedStatement,
  type StatementSigner,
} from "@consentry/sdk";
import { DocumentAlteredError, evidenceOf } from "@consentry/sdk/fhir";
import { movingBetween, signaturesFor } from "@consentry/sdk/moving";
import { expect } from "chai";
import { id } from "ethers";
import { SoftwareAuthenticator } from "../passkeys/authenticator.js";
import { expectError, LABS, networkHelpers } from "../setup.js";
import { transported } from "../signing/world.js";
import { answers, expectVaried, questions, said, succeeded } from "./world.js";

const MIXED = { categories: ["LABS", "MEDICATIONS"], purposes: ["TREAT", "HPAYMT"], actions: ["access"] } as const;

/** A patient who has said much, of whom everything that counts is to be carried. */
async function told(by?: (client: Client) => Promise<{ patient: string; signer: StatementSigner }>) {
  const world = await succeeded();
  const { as, signers, next } = world;
  const { clinic, hospital, lab, researcher, member } = signers;
  const { patient, signer } = (await by?.(as.relayer)) ?? { patient: signers.patient.address, signer: undefined };
  const own = signer === undefined ? as.patient : as.relayer;
  const options = { by: signer };
  const say = async (statement: Promise<SignedStatement>) => as.relayer.relay.submit(transported(await statement));
  const [hidden, programme] = [newRecordId(clinic.address), newProgrammeId()];
  const { grant, revoke, revokeAll } = own.consents;
  await say(grant.sign({ ...LABS, grantee: hospital.address }, options));
  await say(revokeAll.sign({}, options));
  await say(grant.sign({ ...LABS, grantee: clinic.address }, options));
  await say(revoke.sign({ grantee: clinic.address, record: hidden }, options));
  await say(grant.sign({ ...MIXED, grantee: lab.address, until: "until-revoked" }, options));
  await say(revoke.sign({ grantee: lab.address, purpose: "HPAYMT" }, options));
  await say(grant.sign({ ...MIXED, grantee: ANY_PROVIDER, until: "until-revoked" }, options));
  await say(revoke.sign({ grantee: hospital.address }, options));
  const study = { ...LABS, purposes: ["HRESCH"], grantee: researcher.address } as const;
  // What is granted after a refusal of everything stands; carried, too.
  await say(revoke.sign({ grantee: researcher.address }, options));
  await say(grant.sign({ ...study, programme }, options));
  const soon = (await networkHelpers.time.latest()) + 1_000;
  await say(grant.sign({ ...study, grantee: hospital.address, until: soon }, options));
  await say(grant.sign({ ...study, grantee: clinic.address, from: soon + 100_000 }, options));
  const guardians = newGuardians({
    patient,
    accounts: [signers.otherPatient.address, signers.stranger.address],
    threshold: 2,
  });
  await say(own.patients.setGuardians.sign({ guardians, delay: { days: 3 } }, options));
  await say(own.patients.appointRepresentative.sign({ representative: member.address, until: "2090-12-31" }, options));
  await say(own.patients.setExclusions.sign({ categories: ["MEDICATIONS"] }, options));
  await networkHelpers.time.increaseTo(soon + 1);
  const moving = await movingBetween(own, signer === undefined ? next.patient : next.relayer);
  const asked = questions(world, patient, [{ record: hidden }, { programme }]);
  return { ...world, patient, moving, options, asked, guardians };
}

/** A patient who has nothing but a passkey. */
async function withPasskey({ passkeys }: Client) {
  const authenticators = new SoftwareAuthenticator();
  const passkey = await createPasskey({ name: "My health data", rpId: "portal.example", authenticators });
  return { patient: passkeys.accountOf(passkey), signer: passkeys.signer(passkey, authenticators) };
}

for (const [who, by] of [["a wallet"], ["a passkey", withPasskey]] as const) {
  describe(`moving with ${who}`, () => {
    it("carries all that counts by the patient's signatures, and the last of them is the move", async () => {
      const { patient, moving, options, asked, next, signers, guardians } = await told(by);
      const { from, to } = moving;
      const before = await answers(asked, from.consents.decide);
      expectVaried(before);
      const nothing = await answers(asked, to.consents.decide);
      expect(nothing.some(({ permitted, decision }) => permitted && decision !== "PermitSelf")).to.equal(false);

      const plan = await moving.plan(patient);
      expect(plan).to.include({ hasMoved: false });
      expect([plan.consents.length, plan.refusals.length]).to.deep.equal([5, 4]);
      expect(plan.consents.some(({ isClosed }) => isClosed)).to.equal(false);
      expect(plan.representatives.map(({ representative }) => representative)).to.deep.equal([signers.member.address]);
      const statements = (await moving.sign(plan, options)).map((each) => transported(each));
      expect(statements.map(({ primaryType }) => primaryType)).to.deep.equal([
        "Revocations",
        "Revocations",
        "Grants",
        "AppointRepresentative",
        "SetGuardians",
      ]);
      expect(await moving.hasMoved(patient)).to.equal(false);
      for (const [i, statement] of statements.entries()) {
        const meanwhile = await answers(asked, moving.decide);
        for (const [j, { grantee }] of asked.entries()) {
          // Who was refused everything, and granted something after that, waits for it.
          if (grantee === signers.researcher.address && meanwhile[j]?.decision === "Revoked") continue;
          expect(meanwhile[j], `before statement ${i}, question ${j}`).to.deep.equal(before[j]);
        }
        await next.relayer.relay.submit(statement);
      }
      expect(await moving.hasMoved(patient)).to.equal(true);
      expect(await answers(asked, to.consents.decide)).to.deep.equal(before);
      expect(await answers(asked, moving.decide)).to.deep.equal(before);

      const [old, present] = [await from.patients.get(patient), await to.patients.get(patient)];
      expect(present.exclusions).to.deep.equal(old.exclusions);
      expect(present.guardians).to.include({ commitment: old.guardians?.commitment, delay: 3 * 86_400 });
      expect(await to.patients.speaksFor({ patient, account: signers.member.address })).to.equal(true);
      const again = await moving.plan(patient);
      expect(again).to.deep.include({ hasMoved: true, consents: [], refusals: [], representatives: [] });

      const proposal = await to.patients.proposeRecovery({ guardians, controller: signers.member.address });
      const approvals = [
        await next.otherPatient.patients.approveRecovery.sign(proposal),
        await next.stranger.patients.approveRecovery.sign(proposal),
      ];
      await next.stranger.patients.startRecovery({ guardians, approvals });
      expect((await to.patients.get(patient)).recovery?.controller).to.equal(signers.member.address);
    });
  });
}

describe("what a move carries", () => {
  it("is the very bits: a purpose does not bring its sub-codes along", async () => {
    const { consents, signers, moving, next } = await succeeded();
    const { patient, clinic } = signers;
    const [labs, treat, access, forever] = [1n << 1n, 1n, 1n, 2n ** 48n - 1n];
    const terms = labs | (treat << 64n) | (access << 96n) | (forever << 152n);
    const scope = `0x01${"00".repeat(31)}`;
    await consents.connect(patient).grant(patient, [{ grantee: clinic, scope, terms }], `0x${"00".repeat(32)}`);
    await moving.deliver(await moving.sign(await moving.plan(patient.address)));
    const successor = consents.attach(next.patient.deployment.contracts.ConsentRegistry.address) as typeof consents;
    const stamp = ((1n << 48n) - 1n) << 200n;
    expect((await successor.termsOf(patient, clinic, scope)) & ~stamp).to.equal(terms);
  });

  it("are documents, where they are at hand and are the very ones; a conditional consent without one stays closed", async () => {
    const { as, signers, moving, consents, successor } = await succeeded();
    const patient = signers.patient.address;
    const [known, lost] = [signers.clinic.address, signers.hospital.address];
    const [document, other] = [id("a document"), id("another")];
    const conditional = { ...LABS, conditional: true } as const;
    const statement = "I agree.";
    const evidence = evidenceOf({ statement, document });
    await as.patient.consents.grant({ ...conditional, grantee: known, evidence });
    await as.patient.consents.grant({ ...conditional, grantee: lost, evidence: evidenceOf({ document: other }) });
    await as.patient.consents.grant({ ...MIXED, grantee: ANY_PROVIDER, until: "until-revoked" });
    const documentOf = (asked: string) => Promise.resolve(asked === evidence ? { statement, document } : undefined);
    const plan = await moving.plan(patient, { documentOf });
    expect(plan.consents.map((each) => [each.grantee, each.document, each.isClosed])).to.deep.equal([
      [known, document, false],
      [lost, evidenceOf({ document: other }), true],
      [ANY_PROVIDER, undefined, false],
    ]);
    const altered = { statement: "I agree", document };
    await expectError(moving.plan(patient, { documentOf: () => Promise.resolve(altered) }), DocumentAlteredError, {
      evidence,
    });
    const signed = await moving.sign(plan);
    await moving.deliver(signed);
    const grants = signed.find((each) => each.primaryType === "Grants")!;
    const registry = consents.attach(successor.contracts.ConsentRegistry.address) as typeof consents;
    const [event] = await registry.queryFilter(registry.filters.ConsentGranted(patient));
    expect(event?.args.evidence).to.equal(evidenceOf({ statement: grants.message.statement, document }));
    const question = { patient, categories: ["LABS"], purpose: "TREAT" } as const;
    expect((await moving.decide({ ...question, grantee: known })).decision).to.equal("PermitConditional");
    // No wider consent permits in its place.
    expect((await moving.decide({ ...question, grantee: lost })).decision).to.equal("PermitConditional");
  });

  it("goes on where a delivery was broken off", async () => {
    const { as, signers, moving } = await succeeded();
    const patient = signers.patient.address;
    await as.patient.consents.revoke({ grantee: signers.hospital.address });
    await as.patient.consents.grant({ ...LABS, grantee: signers.clinic.address });
    const signed = await moving.sign(await moving.plan(patient));
    expect(signed).to.have.length(3);
    expect(await moving.deliver(signed.slice(0, 1))).to.have.length(1);
    // Who has lost the rest plans anew: nothing is lost.
    const again = await moving.plan(patient);
    expect(again.consents.map(({ grantee }) => grantee)).to.deep.equal([signers.clinic.address]);
    expect(signaturesFor(again)).to.equal(2);
    expect(await moving.deliver(signed.slice(0, 2))).to.have.length(1);
    expect(await moving.hasMoved(patient)).to.equal(false);
    const told: number[] = [];
    expect(await moving.deliver(signed, { onDelivered: (_, index) => told.push(index) })).to.have.length(1);
    expect(told).to.deep.equal([2]);
    expect(await moving.hasMoved(patient)).to.equal(true);
    const question = { patient, grantee: signers.clinic.address, categories: ["LABS"], purpose: "TREAT" } as const;
    expect(said(await moving.decide(question))).to.include({ decision: "Permit" });
  });

  it("is nothing but the move of a patient who has said nothing", async () => {
    const { signers, moving } = await succeeded();
    const patient = signers.patient.address;
    const plan = await moving.plan(patient);
    expect(plan).to.deep.include({ consents: [], refusals: [], representatives: [], guardians: undefined });
    const signed = await moving.sign(plan);
    expect(signed.map(({ primaryType }) => primaryType)).to.deep.equal(["SetGuardians"]);
    await moving.deliver(signed);
    expect(await moving.hasMoved(patient)).to.equal(true);
  });
});
