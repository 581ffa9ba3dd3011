import { expect } from "chai";
import { networkHelpers, stampOf, time } from "./chain.js";
import { purposes } from "./codes.js";
import { decide, grant } from "./fixtures.js";
import { signedWorld } from "./signed.world.js";
import { ANY_PROVIDER, GENERAL, pack, programmeId, tombstone } from "./words.js";

const STUDY = programmeId("a study");

describe("ConsentRegistry: signed words in any order", () => {
  describe("of two with one stamp", () => {
    const ONE = { actions: 1n };
    const TWO = { actions: 2n };

    for (const scope of [GENERAL, STUDY]) {
      const name = scope === GENERAL ? "GENERAL" : "a study";

      it(`the refusal beats the grant, in either order: ${name}`, async () => {
        const { suite, speaker, item, stored, tell, past } = await signedWorld();
        const calls = [await speaker.grant(past, [item(scope)]), await speaker.revoke(past, [item(scope)])];
        for (const [order, counts] of [
          [calls, [1, 1]],
          [calls.toReversed(), [1, 0]],
        ] as const) {
          const snapshot = await networkHelpers.takeSnapshot();
          const told = [];
          for (const call of order) told.push((await tell(call)).length);
          expect(told).to.deep.equal(counts);
          expect(await stored(scope)).to.equal(tombstone(past));
          expect((await decide(suite, { programme: STUDY })).decision).to.equal("Revoked");
          await snapshot.restore();
        }
      });

      it(`the smaller word beats the other, in either order: ${name}`, async () => {
        const { speaker, item, stored, tell, past } = await signedWorld();
        const calls = [await speaker.grant(past, [item(scope, TWO)]), await speaker.grant(past, [item(scope, ONE)])];
        for (const [order, counts] of [
          [calls, [1, 1]],
          [calls.toReversed(), [1, 0]],
        ] as const) {
          const snapshot = await networkHelpers.takeSnapshot();
          const told = [];
          for (const call of order) told.push((await tell(call)).length);
          expect(told).to.deep.equal(counts);
          expect(await stored(scope)).to.equal(pack({ ...ONE, issuedAt: past }));
          await snapshot.restore();
        }
      });

      it(`in one statement, too: ${name}`, async () => {
        const { speaker, item, stored, tell, past } = await signedWorld();
        for (const [i, grants] of [
          [item(scope, ONE), item(scope, TWO)],
          [item(scope, TWO), item(scope, ONE)],
        ].entries()) {
          const issuedAt = past + BigInt(i);
          expect((await tell(await speaker.grant(issuedAt, grants))).length).to.equal(1 + i);
          expect(await stored(scope)).to.equal(pack({ ...ONE, issuedAt }));
        }
      });

      it(`a direct grant is beaten by the refusal that was signed with its stamp: ${name}`, async () => {
        const { suite, clinic, speaker, item, stored, tell } = await signedWorld();
        await grant(suite, clinic, scope);
        const issuedAt = stampOf(BigInt(await time.latest()));
        await time.increase(10);
        expect((await tell(await speaker.revoke(issuedAt, [item(scope)]))).length).to.equal(1);
        expect(await stored(scope)).to.equal(tombstone(issuedAt));
      });
    }

    it("the start of a GENERAL grant does not count: it is the registry's, not the patient's", async () => {
      const { clinic, speaker, item, stored, tell, past } = await signedWorld();
      const calls = [
        await speaker.grant(past, [item(GENERAL, TWO)]),
        await speaker.grant(past, [item(GENERAL, ONE)]),
        await speaker.revoke(past - 5000n, [item(GENERAL)]),
      ];
      const word = pack({ ...ONE, notBefore: past / 1000n - 5n, issuedAt: past });
      for (const order of [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
      ]) {
        const snapshot = await networkHelpers.takeSnapshot();
        for (const i of order) await tell(calls[i]!);
        expect(await stored(GENERAL, clinic.address), order.join()).to.equal(word);
        await snapshot.restore();
      }
    });
  });

  describe("a GENERAL refusal that arrives late", () => {
    it("moves the start of the grant that stands there, and tells it", async () => {
      const { patient, clinic, speaker, item, stored, tell, past } = await signedWorld();
      await tell(await speaker.grant(past, [item(GENERAL)]));
      const told = await tell(await speaker.revoke(past - 2500n, [item(GENERAL)]));
      const word = pack({ notBefore: past / 1000n - 3n, issuedAt: past });
      expect(told).to.deep.equal([["ConsentRestarted", patient.address, clinic.address, word, patient.address]]);
      expect(await stored(GENERAL)).to.equal(word);
    });

    it("moves it forward only, and by whole seconds", async () => {
      const { speaker, item, stored, tell, past } = await signedWorld();
      await tell(await speaker.grant(past, [item(GENERAL)]));
      for (const [ahead, events] of [
        [10_000n, 1],
        [10_000n, 0],
        [9_001n, 0],
        [9_000n, 1],
        [8_001n, 0],
        [11_000n, 0],
        [9_000n, 0],
        [1n, 1],
        [1_000n, 0],
      ] as const) {
        // The grant's stamp lies at the start of a second.
        expect((await tell(await speaker.revoke(past - ahead, [item(GENERAL)]))).length, `${ahead}`).to.equal(events);
      }
      expect(await stored(GENERAL)).to.equal(pack({ notBefore: past / 1000n - 1n, issuedAt: past }));
    });

    it("kills what was granted before it to that grantee, and nothing of what came later", async () => {
      const { suite, record, speaker, item, tell, past } = await signedWorld();
      const refused = past + 500n;
      await tell(await speaker.grant(past + 60_000n, [item(GENERAL, { purposes: purposes("HRESCH") })]));
      for (const [stamp, alive] of [
        [refused - 1n, false],
        [refused, false],
        [past + 999n, false],
        [past + 1000n, true],
      ] as const) {
        const snapshot = await networkHelpers.takeSnapshot();
        await tell(await speaker.grant(stamp, [item(record)]));
        expect((await decide(suite, { record })).decision).to.equal("Permit");
        await tell(await speaker.revoke(refused, [item(GENERAL)]));
        const { decision } = await decide(suite, { record });
        expect(decision, `${stamp - refused}`).to.equal(alive ? "Permit" : "PurposeNotCovered");
        await snapshot.restore();
      }
    });

    it("while it stands itself ends what was granted up to its very millisecond", async () => {
      const { suite, record, speaker, item, tell, past } = await signedWorld();
      await tell(await speaker.revoke(past, [item(GENERAL)]));
      await tell(await speaker.grant(past, [item(record)]));
      expect((await decide(suite, { record })).decision).to.equal("Revoked");
      await tell(await speaker.grant(past + 1n, [item(record)]));
      expect((await decide(suite, { record })).decision).to.equal("Permit");
    });

    it("moves a direct grant, too, which has no start of its own", async () => {
      const { suite, clinic, speaker, item, stored, tell, past } = await signedWorld();
      await grant(suite, clinic, GENERAL);
      const issuedAt = stampOf(BigInt(await time.latest()));
      await tell(await speaker.revoke(past, [item(GENERAL)]));
      expect(await stored(GENERAL)).to.equal(pack({ notBefore: past / 1000n, issuedAt }));
    });

    it("moves nothing in a narrower scope, nor to another grantee", async () => {
      const { hospital, speaker, item, stored, tell, past } = await signedWorld();
      await tell(
        await speaker.grant(past, [item(STUDY), item(GENERAL, {}, hospital.address), item(GENERAL, {}, ANY_PROVIDER)]),
      );
      expect(await tell(await speaker.revoke(past - 1n, [item(STUDY)]))).to.deep.equal([]);
      expect(await stored(STUDY)).to.equal(pack({ issuedAt: past }));
      await tell(await speaker.revoke(past - 1n, [item(GENERAL)]));
      expect(await stored(GENERAL, hospital.address)).to.equal(pack({ issuedAt: past }));
      expect(await stored(GENERAL, ANY_PROVIDER)).to.equal(pack({ issuedAt: past }));
    });

    it("moves nothing where a later refusal stands", async () => {
      const { speaker, item, stored, tell, past } = await signedWorld();
      await tell(await speaker.revoke(past, [item(GENERAL)]));
      expect(await tell(await speaker.revoke(past - 5000n, [item(GENERAL)]))).to.deep.equal([]);
      expect(await stored(GENERAL)).to.equal(tombstone(past));
    });

    it("tells once for a grantee that one statement names twice", async () => {
      const { speaker, item, tell, past } = await signedWorld();
      await tell(await speaker.grant(past, [item(GENERAL)]));
      const told = await tell(await speaker.revoke(past - 1n, [item(GENERAL), item(STUDY), item(GENERAL)]));
      expect(told.map(([name]) => name)).to.deep.equal(["ConsentRestarted", "ConsentRevoked"]);
    });
  });
});
