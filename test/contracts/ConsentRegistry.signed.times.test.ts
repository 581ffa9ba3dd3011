import { expect } from "chai";
import { TypedDataEncoder } from "ethers";
import type { Signer, Suite } from "../suite.js";
import { GAS, networkHelpers, nextTime, stampOf, time } from "./chain.js";
import { decide, fixtures, grant, YEAR } from "./fixtures.js";
import { STATEMENTS } from "./control/signing.js";
import { deliver, type Delivery, domainOf, type Place, speakerOf, voiceOf, WEEK } from "./signing.js";
import { GENERAL, pack, recordId, tombstone } from "./words.js";

const WORDS = ["grant", "revoke", "revokeAll"] as const;
const NEVER = (1n << 48n) - 1n;

type Speaker = Awaited<ReturnType<typeof speakerOf>>;

/** One statement of a kind, signed at a stamp. */
function said(speaker: Speaker, word: (typeof WORDS)[number], issuedAt: bigint, place: Place, deadline?: bigint) {
  if (word === "revokeAll") return speaker.revokeAll(issuedAt);
  if (word === "revoke") return speaker.revoke(issuedAt, [place]);
  return speaker.grant(issuedAt, [{ ...place, terms: pack() }], deadline === undefined ? {} : { deadline });
}

describe("ConsentRegistry: when a signed word is taken", () => {
  async function world() {
    const suite = await fixtures.listed();
    const { patient, clinic } = suite.signers;
    const place = { grantee: clinic.address, scope: recordId(clinic.address) };
    const speaker = await speakerOf(suite);
    const say = (word: (typeof WORDS)[number], issuedAt: bigint, deadline?: bigint) =>
      said(speaker, word, issuedAt, place, deadline);
    const stored = () => suite.consents.termsOf(patient, place.grantee, place.scope);
    return { suite, consents: suite.consents, patient, place, speaker, say, stored };
  }

  /** Delivers in a block of a second of its own. */
  async function deliverAt(suite: Suite, second: bigint, call: Delivery) {
    await time.setNextBlockTimestamp(second);
    return deliver(suite, call, suite.signers.relayer, GAS);
  }

  /** Puts another key in control. Returns since when, as a stamp. */
  async function handOver(suite: Suite, to: Signer): Promise<bigint> {
    const { consents, signers } = suite;
    const [domain, { sign }] = [await domainOf(suite), await voiceOf(to)];
    const types = { AcceptControl: STATEMENTS.AcceptControl };
    const second = await nextTime();
    const [issuedAt, deadline] = [second * 1000n, second + 3600n];
    const accepted = { patient: signers.patient.address, controller: to.address, issuedAt, deadline };
    const signature = await sign(TypedDataEncoder.hash(domain, types, accepted));
    const acceptance = { issuedAt, signer: to.address, signature };
    await consents.connect(signers.patient).transferControl(signers.patient, to, deadline, acceptance);
    return consents.controlSinceOf(signers.patient);
  }

  for (const word of WORDS) {
    describe(word, () => {
      it("may be of the last millisecond but one of the block's second, and of no later one", async () => {
        const { suite, consents, say } = await world();
        const second = await nextTime();
        const now = stampOf(second);
        for (const issuedAt of [now, now + 1n, now + 1000n]) {
          await time.setNextBlockTimestamp(second);
          await expect(deliver(suite, await say(word, issuedAt), suite.signers.relayer))
            .to.be.revertedWithCustomError(consents, "TooSoon")
            .withArgs(issuedAt, now - 1n);
        }
        const sending = await deliverAt(suite, second, await say(word, now - 1n));
        expect((await sending.wait())?.logs.length).to.equal(1);
        expect(BigInt(await time.latest())).to.equal(second);
      });

      it("waits for its second if its stamp lies ahead, and is taken then", async () => {
        const { suite, consents, say } = await world();
        const second = (await nextTime()) + 100n;
        const call = await say(word, second * 1000n);
        await time.setNextBlockTimestamp(second - 1n);
        await expect(deliver(suite, call))
          .to.be.revertedWithCustomError(consents, "TooSoon")
          .withArgs(second * 1000n, stampOf(second - 1n) - 1n);
        expect((await (await deliverAt(suite, second, call)).wait())?.logs.length).to.equal(1);
      });

      it("of the millisecond before a direct call comes too late to change what that one said", async () => {
        const { suite, consents, patient, place, say } = await world();
        await grant(suite, place.grantee, place.scope);
        const said = stampOf(BigInt(await time.latest()));
        const words = () =>
          Promise.all([consents.termsOf(patient, place.grantee, place.scope), consents.voidBeforeOf(patient)]);
        const before = await words();
        await deliver(suite, await say(word, said - 1n));
        // A revokeAll is kept, and ends nothing that was said after it.
        expect(await words()).to.deep.equal(word === "revokeAll" ? [before[0], said - 1n] : before);
        expect((await decide(suite, { record: place.scope })).decision).to.equal("Permit");
      });

      it("must be newer than the last change of control", async () => {
        const { suite, consents, patient } = await world();
        const { otherPatient, clinic } = suite.signers;
        const since = await handOver(suite, otherPatient);
        const speaker = await speakerOf(suite, otherPatient, patient.address);
        const place = { grantee: clinic.address, scope: GENERAL };
        const say = (issuedAt: bigint) => said(speaker, word, issuedAt, place);
        await time.increase(100);
        for (const issuedAt of [since, since - 1n]) {
          await expect(deliver(suite, await say(issuedAt)))
            .to.be.revertedWithCustomError(consents, "StatementVoid")
            .withArgs(issuedAt, since);
        }
        const receipt = await (await deliver(suite, await say(since + 1n))).wait();
        expect(receipt?.logs.length).to.equal(1);
      });

      it("is void, whoever controls the patient now, if it was signed before", async () => {
        const { suite, consents, patient, say } = await world();
        const early = BigInt(await time.latest()) * 1000n;
        const call = await say(word, early);
        const since = await handOver(suite, suite.signers.otherPatient);
        await expect(deliver(suite, call))
          .to.be.revertedWithCustomError(consents, "StatementVoid")
          .withArgs(early, since);
        await time.increase(100);
        await expect(deliver(suite, await say(word, since + 1n)))
          .to.be.revertedWithCustomError(consents, "NotSpeakerFor")
          .withArgs(patient, patient);
      });

      it("cannot be of the time zero", async () => {
        const { suite, consents, say } = await world();
        if (word !== "grant") {
          await expect(deliver(suite, await say(word, 0n)))
            .to.be.revertedWithCustomError(consents, "StatementVoid")
            .withArgs(0n, 0n);
          const receipt = await (await deliver(suite, await say(word, 1n))).wait();
          expect(receipt?.logs.length).to.equal(1);
        } else {
          await expect(deliver(suite, await say(word, 0n)))
            .to.be.revertedWithCustomError(consents, "DeadlinePassed")
            .withArgs(WEEK);
        }
      });
    });
  }

  describe("the deadline of a grant", () => {
    for (const millisecond of [0n, 1n, 999n]) {
      it(`may be seven days after the stamp, and not a second more: millisecond ${millisecond}`, async () => {
        const { suite, consents, say } = await world();
        const second = BigInt(await time.latest()) - 1n;
        const issuedAt = second * 1000n + millisecond;
        await expect(deliver(suite, await say("grant", issuedAt, second + WEEK + 1n)))
          .to.be.revertedWithCustomError(consents, "DeadlineTooFar")
          .withArgs(issuedAt, second + WEEK + 1n);
        await expect(deliver(suite, await say("grant", issuedAt, second + WEEK))).to.emit(consents, "ConsentGranted");
      });
    }

    it("may not be the last second that the type can tell", async () => {
      const { suite, consents, say } = await world();
      const issuedAt = BigInt(await time.latest()) * 1000n;
      await expect(deliver(suite, await say("grant", issuedAt, NEVER)))
        .to.be.revertedWithCustomError(consents, "DeadlineTooFar")
        .withArgs(issuedAt, NEVER);
    });

    it("is the last second in which the grant is taken", async () => {
      const { suite, consents, say, stored } = await world();
      const deadline = (await nextTime()) + 100n;
      const issuedAt = (deadline - 50n) * 1000n;
      const call = await say("grant", issuedAt, deadline);
      const snapshot = await networkHelpers.takeSnapshot();
      await deliverAt(suite, deadline, call);
      expect(await stored()).to.equal(pack({ issuedAt }));
      await snapshot.restore();
      await time.setNextBlockTimestamp(deadline + 1n);
      await expect(deliver(suite, call)).to.be.revertedWithCustomError(consents, "DeadlinePassed").withArgs(deadline);
    });

    it("holds a whole week after the stamp", async () => {
      const { suite, consents, say, stored } = await world();
      const second = BigInt(await time.latest());
      const call = await say("grant", second * 1000n);
      await time.increaseTo(second + WEEK - 1n);
      await expect(deliver(suite, call)).to.emit(consents, "ConsentGranted");
      expect(await stored()).to.equal(pack({ issuedAt: second * 1000n }));
    });

    it("may lie before the stamp's own time only if the block's does, too", async () => {
      const { suite, consents, say } = await world();
      const second = await nextTime();
      await time.setNextBlockTimestamp(second);
      await expect(deliver(suite, await say("grant", second * 1000n, second - 1n)))
        .to.be.revertedWithCustomError(consents, "DeadlinePassed")
        .withArgs(second - 1n);
    });
  });

  describe("a withdrawal has no deadline", () => {
    for (const word of ["revoke", "revokeAll"] as const) {
      it(`${word}, a year later`, async () => {
        const { suite, consents, patient, place, say, stored } = await world();
        await grant(suite, place.grantee, place.scope);
        await time.increase(10);
        const issuedAt = BigInt(await time.latest()) * 1000n;
        const call = await say(word, issuedAt);
        await time.increase(YEAR - 1000n);
        expect((await decide(suite, { record: place.scope })).decision).to.equal("Permit");
        await deliver(suite, call);
        if (word === "revoke") expect(await stored()).to.equal(tombstone(issuedAt));
        else expect(await consents.voidBeforeOf(patient)).to.equal(issuedAt);
        const decision = word === "revoke" ? "Withheld" : "Revoked";
        expect((await decide(suite, { record: place.scope })).decision).to.equal(decision);
      });
    }
  });

  describe("a representative's signature", () => {
    for (const word of WORDS) {
      it(`must be newer than its appointment: ${word}`, async () => {
        const { suite, consents, patient, place } = await world();
        const { stranger } = suite.signers;
        await consents.connect(patient).appointRepresentative(patient, stranger, 0n, NEVER);
        const appointed = stampOf(BigInt(await time.latest()));
        const speaker = await speakerOf(suite, stranger, patient.address);
        const say = (issuedAt: bigint) => said(speaker, word, issuedAt, place);
        await time.increase(10);
        for (const issuedAt of [appointed, appointed - 1n]) {
          await expect(deliver(suite, await say(issuedAt)))
            .to.be.revertedWithCustomError(consents, "NotSpeakerFor")
            .withArgs(patient, stranger);
        }
        const sending = await deliver(suite, await say(appointed + 1n));
        const [log] = (await sending.wait())!.logs;
        expect(consents.interface.parseLog(log!)?.args["by"]).to.equal(stranger.address);
      });

      it(`is worth as much as its office at the time of delivery: ${word}`, async () => {
        const { suite, consents, patient, place } = await world();
        const { stranger } = suite.signers;
        const start = (await nextTime()) + 1000n;
        await consents.connect(patient).appointRepresentative(patient, stranger, start, start + 100n);
        const speaker = await speakerOf(suite, stranger, patient.address);
        const issuedAt = (start - 1n) * 1000n;
        const call = await said(speaker, word, issuedAt, place);
        const snapshot = await networkHelpers.takeSnapshot();
        for (const [second, taken] of [
          [start - 1n, false],
          [start, true],
          [start + 99n, true],
          [start + 100n, false],
        ] as const) {
          await time.setNextBlockTimestamp(second);
          const delivering = deliver(suite, call);
          if (taken) expect((await (await delivering).wait())?.logs.length).to.equal(1);
          else
            await expect(delivering)
              .to.be.revertedWithCustomError(consents, "NotSpeakerFor")
              .withArgs(patient, stranger);
          await snapshot.restore();
        }
      });
    }

    it("does not outlive its dismissal, and a withdrawal by the patient stands over it", async () => {
      const { suite, consents, patient, place, say, stored } = await world();
      const { stranger } = suite.signers;
      await consents.connect(patient).appointRepresentative(patient, stranger, 0n, NEVER);
      await time.increase(10);
      const second = BigInt(await time.latest());
      const speaker = await speakerOf(suite, stranger, patient.address);
      const call = await speaker.grant(second * 1000n, [{ ...place, terms: pack() }]);
      await deliver(suite, await say("revoke", second * 1000n + 1n));
      await deliver(suite, call);
      expect(await stored()).to.equal(tombstone(second * 1000n + 1n));
      await consents.connect(patient).dismissRepresentative(patient, stranger);
      await expect(deliver(suite, call))
        .to.be.revertedWithCustomError(consents, "NotSpeakerFor")
        .withArgs(patient, stranger);
    });
  });

  it("the checks come in one order: time, who speaks, signature, terms", async () => {
    const { suite, consents, patient, place, speaker } = await world();
    const { stranger } = suite.signers;
    const second = BigInt(await time.latest());
    const issuedAt = second * 1000n;
    const bad = { ...place, terms: pack({ actions: 0n }) };
    const wrong = ({ name, args }: Delivery, changes: object): Delivery => {
      return { name, args: [...args.slice(0, -1), { ...(args.at(-1) as object), ...changes }] };
    };
    const say = (at: bigint, deadline: bigint) => speaker.grant(at, [bad], { deadline });
    const forged = { signer: stranger.address, signature: "0x" };
    for (const [call, error, args] of [
      [wrong(await say(issuedAt + 9_000_000n, second - 1n), forged), "DeadlinePassed", [second - 1n]],
      [wrong(await say(0n, NEVER), forged), "DeadlineTooFar", [0n, NEVER]],
      [wrong(await say(issuedAt, second + WEEK), forged), "NotSpeakerFor", [patient, stranger]],
      [wrong(await say(issuedAt, second + WEEK), { signature: "0x" }), "InvalidSignature", [patient]],
      [await say(issuedAt, second + WEEK), "InvalidActions", [0n]],
    ] as const) {
      await expect(deliver(suite, call))
        .to.be.revertedWithCustomError(consents, error)
        .withArgs(...args);
    }
    const withdrawal = await speaker.revoke(NEVER, [place]);
    await expect(deliver(suite, wrong(withdrawal, forged))).to.be.revertedWithCustomError(consents, "TooSoon");
  });
});
