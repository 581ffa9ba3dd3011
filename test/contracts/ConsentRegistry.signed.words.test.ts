import { expect } from "chai";
import { id } from "ethers";
import { networkHelpers, stampOf, time } from "./chain.js";
import { purposes } from "./codes.js";
import { decide, grant, refuse } from "./fixtures.js";
import { signedWorld } from "./signed.world.js";
import { deliver, evidenceOf, SENTENCE, speakerOf } from "./signing.js";
import { CONDITIONAL, familyScope, GENERAL, NONE, ofKind, pack, programmeId, tombstone } from "./words.js";

const DOCUMENT = id("a consent as FHIR has it");
const STUDY = programmeId("a study");
const FAMILY = familyScope("TREAT");
const TREATMENT = { purposes: purposes("TREAT") };

describe("ConsentRegistry: what a signed word does", () => {
  describe("events", () => {
    it("of one signature for many grants: one each, in order, in the patient's name, with the evidence", async () => {
      const { patient, clinic, hospital, record, speaker, item, stored, tell, past } = await signedWorld();
      const grants = [item(GENERAL), item(record, { actions: 1n }), item(GENERAL, {}, hospital.address)];
      const told = await tell(await speaker.grant(past, grants, { document: DOCUMENT }));
      const evidence = evidenceOf(SENTENCE, DOCUMENT);
      const word = pack({ issuedAt: past });
      expect(told).to.deep.equal([
        ["ConsentGranted", patient.address, clinic.address, GENERAL, word, evidence, patient.address],
        [
          "ConsentGranted",
          ...[patient.address, clinic.address, record],
          ...[pack({ actions: 1n, issuedAt: past }), evidence, patient.address],
        ],
        ["ConsentGranted", patient.address, hospital.address, GENERAL, word, evidence, patient.address],
      ]);
      expect(await stored(GENERAL, hospital.address)).to.equal(word);
    });

    it("compute the evidence from the sentence and the document", async () => {
      const { record, speaker, item, tell, past } = await signedWorld();
      for (const [i, [statement, document]] of [
        ["", NONE],
        [SENTENCE, NONE],
        ["", DOCUMENT],
        ["Ich stimme zu. Συμφωνώ. 同意します。", DOCUMENT],
      ].entries()) {
        const call = await speaker.grant(past + BigInt(i), [item(record)], {
          statement: statement!,
          document: document!,
        });
        const [[, , , , , evidence]] = (await tell(call)) as [unknown[]];
        expect(evidence).to.equal(evidenceOf(statement, document));
      }
    });

    it("of refusals and of revokeAll tell the signer and the stamp", async () => {
      const { patient, clinic, record, speaker, tell, past } = await signedWorld();
      const places = [GENERAL, record].map((scope) => ({ grantee: clinic.address, scope }));
      expect(await tell(await speaker.revoke(past, places))).to.deep.equal(
        [GENERAL, record].map((scope) => [
          "ConsentRevoked",
          ...[patient.address, clinic.address, scope, past, patient.address],
        ]),
      );
      expect(await tell(await speaker.revokeAll(past + 1n))).to.deep.equal([
        ["AllRevoked", patient.address, past + 1n, patient.address],
      ]);
    });

    it("of a representative's words tell the representative", async () => {
      const { suite, consents, patient, record, item, tell } = await signedWorld();
      const { stranger } = suite.signers;
      await consents.connect(patient).appointRepresentative(patient, stranger, 0n, 1n << 40n);
      await time.increase(100);
      const issuedAt = BigInt(await time.latest()) * 1000n;
      const speaker = await speakerOf(suite, stranger, patient.address);
      for (const call of [
        await speaker.grant(issuedAt, [item(record)]),
        await speaker.revoke(issuedAt, [item(record)]),
        await speaker.revokeAll(issuedAt),
      ]) {
        const told = await tell(call);
        expect(told.map((event) => event.at(-1))).to.deep.equal([stranger.address]);
      }
    });

    it("are none where nothing is stated", async () => {
      const { speaker, tell, past } = await signedWorld();
      expect(await tell(await speaker.grant(past, []))).to.deep.equal([]);
      expect(await tell(await speaker.revoke(past, []))).to.deep.equal([]);
    });
  });

  describe("delivered again", () => {
    it("changes nothing, tells nothing and does not fail", async () => {
      const { speaker, item, record, tell, past, consents, patient, stored } = await signedWorld();
      const grants = [item(GENERAL), item(record), item(FAMILY, TREATMENT)];
      const calls = [
        await speaker.grant(past, grants),
        await speaker.revoke(past + 1n, [grants[1]!]),
        await speaker.revokeAll(past - 1n),
      ];
      const counts = [3, 1, 1];
      for (const [i, call] of calls.entries()) expect((await tell(call)).length).to.equal(counts[i]);
      const state = () => Promise.all([...grants.map(({ scope }) => stored(scope)), consents.voidBeforeOf(patient)]);
      const before = await state();
      for (const call of [...calls, ...calls.toReversed()]) expect(await tell(call)).to.deep.equal([]);
      expect(await state()).to.deep.equal(before);
    });

    it("a grant that was withdrawn in between stays withdrawn", async () => {
      const { suite, clinic, patient, consents, speaker, item, record, tell, past } = await signedWorld();
      const call = await speaker.grant(past, [item(record), item(STUDY)]);
      await tell(call);
      await refuse(suite, clinic, record);
      await consents.connect(patient).revokeAll(patient);
      expect(await tell(call)).to.deep.equal([]);
      expect((await decide(suite, { record })).decision).to.equal("Withheld");
      expect((await decide(suite, { programme: STUDY })).decision).to.equal("Revoked");
    });

    it("one that was never granted is voided by an earlier refusal of the patient", async () => {
      const { suite, clinic, speaker, item, record, stored, tell, past } = await signedWorld();
      const call = await speaker.grant(past, [item(record)]);
      await refuse(suite, clinic, record);
      const before = await stored(record);
      expect(await tell(call)).to.deep.equal([]);
      expect(await stored(record)).to.equal(before);
    });
  });

  describe("a batch of which some is stale", () => {
    it("of grants: the stale ones are skipped without an event, the others written", async () => {
      const { clinic, record, speaker, item, stored, tell, past } = await signedWorld();
      await tell(await speaker.grant(past, [item(record, { actions: 1n }), item(STUDY)]));
      await tell(await speaker.revoke(past + 10n, [item(FAMILY)]));
      const told = await tell(
        await speaker.grant(past + 5n, [
          item(record, { actions: 2n }),
          item(FAMILY, TREATMENT),
          item(STUDY, { actions: 2n }),
          item(GENERAL),
        ]),
      );
      expect(told.map(([name, , grantee, scope]) => [name, grantee, scope])).to.deep.equal(
        [record, STUDY, GENERAL].map((scope) => ["ConsentGranted", clinic.address, scope]),
      );
      expect(await stored(FAMILY)).to.equal(tombstone(past + 10n));
      expect(await stored(record)).to.equal(pack({ actions: 2n, issuedAt: past + 5n }));
    });

    it("of refusals: the stale ones are skipped without an event, the others written", async () => {
      const { clinic, record, speaker, item, stored, tell, past } = await signedWorld();
      await tell(await speaker.grant(past + 10n, [item(record)]));
      await tell(await speaker.grant(past, [item(STUDY)]));
      const told = await tell(await speaker.revoke(past + 5n, [item(record), item(STUDY), item(ofKind(255))]));
      expect(told.map(([name, , grantee, scope]) => [name, grantee, scope])).to.deep.equal(
        [STUDY, ofKind(255)].map((scope) => ["ConsentRevoked", clinic.address, scope]),
      );
      expect(await stored(record)).to.equal(pack({ issuedAt: past + 10n }));
    });

    it("fails as a whole, stale or not, if one of the grants can't be granted", async () => {
      const { consents, suite, record, speaker, item, stored, tell, past } = await signedWorld();
      await tell(await speaker.grant(past + 10n, [item(STUDY)]));
      const call = await speaker.grant(past, [item(record), item(STUDY, { actions: 0n })]);
      await expect(deliver(suite, call)).to.be.revertedWithCustomError(consents, "InvalidActions").withArgs(0n);
      expect(await stored(record)).to.equal(0n);
    });
  });

  describe("a grant whose terms have ended on arrival", () => {
    it("is stored all the same, so that a narrowing held back ends the wider one", async () => {
      const { suite, record, speaker, item, stored, tell, past } = await signedWorld();
      await tell(await speaker.grant(past, [item(record)]));
      const expiresAt = BigInt(await time.latest()) - 10n;
      expect((await tell(await speaker.grant(past + 1n, [item(record, { expiresAt })]))).length).to.equal(1);
      expect(await stored(record)).to.equal(pack({ expiresAt, issuedAt: past + 1n }));
      expect((await decide(suite, { record })).decision).to.equal("Expired");
    });

    it("must still have a period", async () => {
      const { suite, consents, record, speaker, item, past } = await signedWorld();
      const call = await speaker.grant(past, [item(record, { notBefore: 10n, expiresAt: 10n })]);
      await expect(deliver(suite, call)).to.be.revertedWithCustomError(consents, "InvalidPeriod").withArgs(10n, 10n);
    });
  });

  it("conditional terms need a document, and a sentence is none", async () => {
    const { suite, consents, clinic, record, speaker, item, stored, tell, past } = await signedWorld();
    const grants = [item(record, { flags: CONDITIONAL })];
    await expect(deliver(suite, await speaker.grant(past, grants)))
      .to.be.revertedWithCustomError(consents, "ConditionalWithoutDocument")
      .withArgs(clinic, record);
    await tell(await speaker.grant(past, grants, { document: DOCUMENT, statement: "" }));
    expect(await stored(record)).to.equal(pack({ flags: CONDITIONAL, issuedAt: past }));
    expect((await decide(suite, { record })).decision).to.equal("PermitConditional");
  });

  describe("revokeAll", () => {
    it("older than the last one changes nothing; newer, it takes its place", async () => {
      const { consents, patient, speaker, tell, past } = await signedWorld();
      await tell(await speaker.revokeAll(past));
      for (const [issuedAt, events, voidBefore] of [
        [past - 1n, 0, past],
        [past, 0, past],
        [past + 1n, 1, past + 1n],
      ] as const) {
        expect((await tell(await speaker.revokeAll(issuedAt))).length).to.equal(events);
        expect(await consents.voidBeforeOf(patient)).to.equal(voidBefore);
      }
    });

    it("ends what is stamped up to its own stamp, delivered before or after it", async () => {
      const { suite, record, speaker, item, stored, tell, past } = await signedWorld();
      for (const [stamp, alive] of [
        [past - 1n, false],
        [past, false],
        [past + 1n, true],
      ] as const) {
        const snapshot = await networkHelpers.takeSnapshot();
        const calls = [await speaker.grant(stamp, [item(record)]), await speaker.revokeAll(past)];
        for (const order of [calls, calls.toReversed()]) {
          for (const call of order) expect((await tell(call)).length).to.equal(1);
          expect(await stored(record)).to.equal(pack({ issuedAt: stamp }));
          expect((await decide(suite, { record })).decision).to.equal(alive ? "Permit" : "Revoked");
          await snapshot.restore();
        }
      }
    });

    it("voids what is delivered after a direct one, which is stored dead", async () => {
      const { suite, consents, patient, record, speaker, item, stored, tell, past } = await signedWorld();
      await consents.connect(patient).revokeAll(patient);
      const voidBefore = await consents.voidBeforeOf(patient);
      await time.increase(10);
      for (const [issuedAt, decision] of [
        [past, "Revoked"],
        [voidBefore, "Revoked"],
        [voidBefore + 1n, "Permit"],
      ] as const) {
        expect((await tell(await speaker.grant(issuedAt, [item(record)]))).length).to.equal(1);
        expect(await stored(record)).to.equal(pack({ issuedAt }));
        expect((await decide(suite, { record })).decision).to.equal(decision);
      }
    });

    it("leaves refusals alone", async () => {
      const { suite, clinic, record, speaker, stored, tell, past } = await signedWorld();
      await tell(await speaker.revoke(past - 1n, [{ grantee: clinic.address, scope: record }]));
      await tell(await speaker.revokeAll(past));
      expect(await stored(record)).to.equal(tombstone(past - 1n));
      expect((await decide(suite, { record })).decision).to.equal("Withheld");
    });

    it("does not move the stamp of a direct call of a later block", async () => {
      const { suite, clinic, record, speaker, stored, tell } = await signedWorld();
      const present = BigInt(await time.latest()) * 1000n;
      await tell(await speaker.revokeAll(present + 998n));
      await grant(suite, clinic, record);
      expect(await stored(record)).to.equal(pack({ issuedAt: stampOf(BigInt(await time.latest())) }));
    });
  });

  it("is the patient's own word only: another patient's of the same words is another", async () => {
    const { suite, consents, record, item, past } = await signedWorld();
    const { otherPatient, patient, clinic } = suite.signers;
    await deliver(suite, await (await speakerOf(suite, otherPatient)).grant(past, [item(record)]));
    expect(await consents.termsOf(otherPatient, clinic, record)).to.equal(pack({ issuedAt: past }));
    expect(await consents.termsOf(patient, clinic, record)).to.equal(0n);
    await deliver(suite, await (await speakerOf(suite, otherPatient)).revokeAll(past));
    expect(await consents.voidBeforeOf(patient)).to.equal(0n);
  });
});
