import { expect } from "chai";
import type { ContractTransactionResponse } from "ethers";
import { type Call, contractPatient } from "./calls.js";
import { stampOf, time } from "./chain.js";
import { purposes } from "./codes.js";
import { decide, fixtures, request } from "./fixtures.js";
import { ROUTES } from "./routes.js";
import {
  ANY_PROVIDER,
  CONDITIONAL,
  type DecisionName,
  familyScope,
  GENERAL,
  NONE,
  pack,
  programmeId,
  recordId,
  type Terms,
} from "./words.js";

const STUDY = programmeId("a study");
const FAMILY = familyScope("TREAT");
/** What GENERAL grants are for here, so that they cover nothing that a narrower one does, which are for treatment. */
const RESEARCH = { purposes: purposes("HRESCH") };
const TREATMENT = { purposes: purposes("TREAT") };

const SCOPES = ["record", "study", "family"] as const;
/** Where a narrower grant can stand. */
const PLACES = [
  ...SCOPES.map((scope) => ["clinic", scope] as const),
  ...(["record", "family"] as const).map((scope) => ["ANY_PROVIDER", scope] as const),
];

type Scope = (typeof SCOPES)[number];

for (const route of ROUTES) {
  describe(`ConsentRegistry: a withdrawal from a provider, ${route.name}`, () => {
    async function world(whose: "clinic" | "ANY_PROVIDER" = "clinic") {
      const suite = await fixtures.listed();
      const { consents, signers } = suite;
      const { patient, clinic } = signers;
      const holder = whose === "clinic" ? clinic.address : ANY_PROVIDER;
      const scopes = { record: recordId(clinic.address), study: STUDY, family: FAMILY };
      /** Says it in a block of its own, this many seconds after the last one. Returns its stamp. */
      const at = async (seconds: number, send: () => Promise<ContractTransactionResponse>) => {
        await time.setNextBlockTimestamp((await time.latest()) + seconds);
        return route.stampOf(suite, await send());
      };
      const grant = (scope: string, changes: Partial<Terms>, seconds = 10) =>
        at(seconds, () => route.grant(suite, [{ grantee: holder, scope, terms: pack(changes) }]));
      const narrower = (scope: Scope, seconds?: number) => grant(scopes[scope], TREATMENT, seconds);
      const general = (changes: Partial<Terms> = {}, seconds?: number) =>
        grant(GENERAL, { ...RESEARCH, ...changes }, seconds);
      const refuse = (scope = GENERAL, seconds = 10) =>
        at(seconds, () => route.revoke(suite, [{ grantee: holder, scope }]));
      const revokeAll = () => at(10, () => route.revokeAll(suite));
      /** Whether the narrower word is alive. */
      const lives = async (scope: Scope) => {
        const named = {
          record: scope === "record" ? scopes.record : NONE,
          programme: scope === "study" ? STUDY : NONE,
        };
        return (await decide(suite, named)).decision === "Permit";
      };
      const wide = async () => (await decide(suite, { purpose: RESEARCH.purposes })).decision;
      const stored = () => consents.termsOf(patient, holder, GENERAL);
      const started = (changes: Partial<Terms>) => pack({ ...RESEARCH, ...changes });
      return {
        suite,
        consents,
        patient,
        clinic,
        grant,
        narrower,
        general,
        refuse,
        lives,
        wide,
        stored,
        started,
        scopes,
        revokeAll,
      };
    }

    for (const [whose, scope] of PLACES) {
      describe(`of ${whose}'s grant for the ${scope}`, () => {
        it("is not undone by a later GENERAL grant, however many follow", async () => {
          const { narrower, general, refuse, lives, wide } = await world(whose);
          await narrower(scope);
          await general();
          expect(await lives(scope)).to.equal(true);
          await refuse();
          expect(await lives(scope)).to.equal(false);
          for (const changes of [{}, {}, { flags: CONDITIONAL }, {}]) {
            await general(changes);
            expect(await lives(scope)).to.equal(false);
          }
          expect(await wide()).to.equal("Permit");
        });

        it("is not undone by refusing again and granting again, nor by revokeAll in between", async () => {
          const { narrower, general, refuse, revokeAll, lives, wide } = await world(whose);
          await narrower(scope);
          for (const between of [() => refuse(), () => revokeAll(), () => refuse(), () => refuse()]) {
            await between();
            await general();
            expect(await lives(scope)).to.equal(false);
            expect(await wide()).to.equal("Permit");
          }
        });

        it("is not undone by a GENERAL grant that has ended or is void", async () => {
          const { narrower, general, refuse, revokeAll, lives } = await world(whose);
          await narrower(scope);
          await refuse();
          await general({ expiresAt: BigInt(await time.latest()) + 100n });
          await time.increase(200);
          expect(await lives(scope)).to.equal(false);
          await general();
          await revokeAll();
          expect(await lives(scope)).to.equal(false);
        });

        it("leaves what is granted after it, before and after the GENERAL grants", async () => {
          const { narrower, general, refuse, lives } = await world(whose);
          await narrower(scope);
          await refuse();
          await narrower(scope, 1);
          expect(await lives(scope)).to.equal(true);
          for (let again = 0; again < 3; again++) {
            await general();
            expect(await lives(scope)).to.equal(true);
          }
          await narrower(scope);
          expect(await lives(scope)).to.equal(true);
          await refuse();
          await general();
          expect(await lives(scope)).to.equal(false);
        });

        it("leaves what is to start later, if granted after it, through the GENERAL grants", async () => {
          const { grant, narrower, general, refuse, lives, scopes } = await world(whose);
          await narrower(scope);
          await refuse();
          const notBefore = BigInt(await time.latest()) + 1000n;
          await grant(scopes[scope], { ...TREATMENT, notBefore });
          await general();
          await time.increaseTo(notBefore - 1n);
          expect(await lives(scope)).to.equal(false);
          await time.increaseTo(notBefore);
          expect(await lives(scope)).to.equal(true);
          await refuse();
          expect(await lives(scope)).to.equal(false);
        });
      });
    }

    describe("the start of the GENERAL grant that takes its place", () => {
      it("is the second of the refusal, and stays through every later grant", async () => {
        const { general, refuse, stored, started } = await world();
        await general();
        const notBefore = (await refuse()) / 1000n;
        for (const changes of [{}, { flags: CONDITIONAL }, { expiresAt: notBefore + 10_000n }, {}]) {
          const issuedAt = await general(changes);
          expect(await stored()).to.equal(started({ notBefore, ...changes, issuedAt }));
        }
        const again = (await refuse()) / 1000n;
        const issuedAt = await general();
        expect(await stored()).to.equal(started({ notBefore: again, issuedAt }));
      });

      it("is told with the event", async () => {
        const { suite, consents, patient, clinic, refuse, started } = await world();
        const notBefore = (await refuse()) / 1000n;
        const grants = [{ grantee: clinic.address, scope: GENERAL, terms: pack(RESEARCH) }];
        const granting = route.grant(suite, grants);
        const word = started({ notBefore, issuedAt: await route.stampOf(suite, await granting) });
        await expect(granting)
          .to.emit(consents, "ConsentGranted")
          .withArgs(patient, clinic, GENERAL, word, route.evidence, patient);
      });

      it("is 0 in a first grant, in one that replaces such a one or a void one, and in a narrower one", async () => {
        const { consents, patient, clinic, grant, general, refuse, revokeAll, stored } = await world();
        const unstarted = async (issuedAt: bigint) => expect(await stored()).to.equal(pack({ ...RESEARCH, issuedAt }));
        await unstarted(await general());
        await unstarted(await general());
        await revokeAll();
        await unstarted(await general());
        await refuse(STUDY);
        const word = pack({ ...TREATMENT, issuedAt: await grant(STUDY, TREATMENT) });
        expect(await consents.termsOf(patient, clinic, STUDY)).to.equal(word);
      });

      it("is 0 in the grant to whom no refusal was said", async () => {
        const { consents, patient, suite, refuse } = await world();
        await refuse();
        for (const grantee of [ANY_PROVIDER, suite.signers.hospital.address]) {
          const sent = await route.grant(suite, [{ grantee, scope: GENERAL, terms: pack() }]);
          const issuedAt = await route.stampOf(suite, sent);
          expect(await consents.termsOf(patient, grantee, GENERAL)).to.equal(pack({ issuedAt }));
        }
      });

      it("is the registry's alone to set", async () => {
        const { suite, consents, clinic, refuse } = await world();
        const refused = (await refuse()) / 1000n;
        for (const notBefore of [1n, refused, refused + 10_000n]) {
          await expect(route.grant(suite, [{ grantee: clinic.address, scope: GENERAL, terms: pack({ notBefore }) }]))
            .to.be.revertedWithCustomError(consents, "StartNotGrantable")
            .withArgs(clinic, notBefore);
        }
      });

      it("leaves conditional what is", async () => {
        const { general, refuse, wide } = await world();
        await refuse();
        await general({ flags: CONDITIONAL });
        expect(await wide()).to.equal("PermitConditional");
        await general();
        expect(await wide()).to.equal("Permit");
      });

      it("lets ANY_PROVIDER's grants mean the provider again, but none from before the refusal", async () => {
        const { suite, general, refuse } = await world();
        const grants = [FAMILY, GENERAL, recordId(ANY_PROVIDER)].map((scope) => ({
          grantee: ANY_PROVIDER,
          scope,
          terms: pack(scope === GENERAL ? { purposes: purposes("COC") } : TREATMENT),
        }));
        const asked = [{}, { record: recordId(ANY_PROVIDER) }, { purpose: purposes("COC") }];
        const expectAll = async (decision: DecisionName) => {
          for (const changes of asked) expect((await decide(suite, changes)).decision).to.equal(decision);
        };
        await route.grant(suite, grants);
        await expectAll("Permit");
        await refuse();
        await expectAll("Revoked");
        await general();
        await expectAll("PurposeNotCovered");
        await time.increase(2);
        await route.grant(suite, grants);
        await expectAll("Permit");
        await refuse();
        await expectAll("Revoked");
      });
    });
  });
}

describe("ConsentRegistry: the start of a GENERAL grant in the second of a revokeAll and a refusal", () => {
  it("is the next second, after which narrower grants of that second stay dead, and of no later one", async () => {
    const suite = await fixtures.listed();
    const { clinic } = suite.signers;
    const { address: patient, run } = await contractPatient(suite);
    const record = recordId(clinic.address);
    const general: Call = ["grant", clinic.address, GENERAL, RESEARCH];
    const narrower: Call = ["grant", clinic.address, record];
    const second = BigInt(await time.latest()) + 10n;
    const asked = request(suite, { patient, record });
    const wide = { patient, purpose: RESEARCH.purposes };
    for (const [i, [calls, alive]] of (
      [
        [[["revokeAll"], ["revoke", clinic.address, GENERAL], general], false],
        [[narrower], false],
        [[narrower], true],
        [[general], true],
      ] as const
    ).entries()) {
      await time.setNextBlockTimestamp(second + BigInt(i));
      await run(calls);
      expect(await suite.consents.check(asked), `${i}`).to.equal(alive);
      expect((await decide(suite, wide)).decision).to.equal(i === 0 ? "NotYetValid" : "Permit");
    }
    const issuedAt = stampOf(second + 3n);
    const word = pack({ ...RESEARCH, notBefore: second + 1n, issuedAt });
    expect(await suite.consents.termsOf(patient, clinic, GENERAL)).to.equal(word);
  });
});
