import { expect } from "chai";
import type { IConsentRegistry } from "../../sdk/src/generated/contracts/index.js";
import type { Suite } from "../suite.js";
import { time } from "./chain.js";
import { ALL_ACTIONS, ALL_CATEGORIES, ALL_PURPOSES, bitsOf, BTG, purposes, undefinedBits } from "./codes.js";
import { decide, fixtures, grant, request } from "./fixtures.js";
import { ROUTES } from "./routes.js";
import {
  ANY_PROVIDER,
  bare,
  CONDITIONAL,
  EMERGENCY,
  EVIDENCE,
  familyScope,
  GENERAL,
  NOBODY,
  ofKind,
  outcome,
  pack,
  programmeId,
  recordId,
} from "./words.js";

type Question = Partial<IConsentRegistry.RequestStruct>;

const ALL_BITS = (width: bigint) => (1n << width) - 1n;

/** Requests that make no sense; whatever the rest says, the answer is the same. */
const INVALID: readonly [string, readonly Question[]][] = [
  ["no patient", [{ patient: NOBODY }]],
  ["no grantee", [{ grantee: NOBODY }]],
  ["ANY_PROVIDER as grantee", [{ grantee: ANY_PROVIDER }]],
  ["no category", [{ categories: 0n }]],
  [
    "an undefined category",
    undefinedBits(ALL_CATEGORIES, 64).flatMap((bit) => [{ categories: bit }, { categories: bit | 1n }]),
  ],
  ["every bit as category", [{ categories: ALL_BITS(64n) }]],
  ["no purpose", [{ purpose: 0n }]],
  ["an undefined purpose", undefinedBits(ALL_PURPOSES, 32).map((purpose) => ({ purpose }))],
  [
    "two purposes",
    [
      ...bitsOf(ALL_PURPOSES & ~1n).map((bit) => ({ purpose: bit | 1n })),
      { purpose: BTG | 2n },
      { purpose: ALL_PURPOSES },
    ],
  ],
  ["a purpose and an undefined one", undefinedBits(ALL_PURPOSES, 32).map((bit) => ({ purpose: bit | 1n }))],
  ["no action", [{ action: 0n }]],
  ["an undefined action", undefinedBits(ALL_ACTIONS, 8).flatMap((bit) => [{ action: bit }, { action: bit | 2n }])],
  ["two actions", [...bitsOf(ALL_ACTIONS & ~1n).map((bit) => ({ action: bit | 1n })), { action: ALL_ACTIONS }]],
  [
    "a record that is none",
    [
      GENERAL,
      EMERGENCY,
      familyScope("TREAT"),
      programmeId("a study"),
      ofKind(3),
      ofKind(3, "0x01"),
      ofKind(0, "0x01"),
    ].map((record) => ({ record })),
  ],
  [
    "a programme that is none",
    [GENERAL, EMERGENCY, familyScope("TREAT"), recordId(ANY_PROVIDER), ofKind(4), ofKind(0, "0x01")].map(
      (programme) => ({
        programme,
      }),
    ),
  ],
];

describe("decide: requests", () => {
  async function granted() {
    const suite = await fixtures.listed();
    await grant(suite, suite.signers.clinic, GENERAL);
    return suite;
  }

  describe("that make no sense", () => {
    for (const [name, questions] of INVALID) {
      it(`InvalidRequest: ${name}`, async () => {
        const suite = await granted();
        expect(questions).not.to.deep.equal([]);
        for (const question of questions) {
          // Neither the patient's own question nor that of a suspended provider comes before.
          for (const self of [{}, { patient: suite.signers.clinic.address }]) {
            expect(await decide(suite, { ...self, ...question })).to.deep.equal(bare("InvalidRequest"));
            expect(await suite.consents.check(request(suite, { ...self, ...question }))).to.equal(false);
          }
        }
      });
    }

    it("InvalidRequest comes before GranteeNotActive", async () => {
      const suite = await granted();
      await suite.providers.connect(suite.signers.accreditor).suspend(suite.signers.clinic);
      expect(await decide(suite, { action: 0n })).to.deep.equal(bare("InvalidRequest"));
    });

    it("the lowest ids and all categories at once make sense", async () => {
      const suite = await granted();
      const least = `0x03${"00".repeat(19)}01${"00".repeat(11)}`;
      const question = { record: least, programme: ofKind(4, "0x01"), categories: ALL_CATEGORIES };
      expect((await decide(suite, question)).decision).to.equal("Permit");
    });
  });

  describe("bit by bit", () => {
    const permit = (suite: Suite) => ({ decision: "Permit", holder: suite.signers.clinic.address, scope: GENERAL });
    const refusal = (suite: Suite, decision: string) => ({ ...permit(suite), decision });

    it("every category alone is covered by itself and by no other, and its absence alone refuses all", async () => {
      const suite = await fixtures.listed();
      for (const bit of bitsOf(ALL_CATEGORIES)) {
        await grant(suite, suite.signers.clinic, GENERAL, { categories: ALL_CATEGORIES & ~bit });
        const missing = [bit, bit | 1n, bit | (1n << 63n), ALL_CATEGORIES];
        for (const asked of missing) {
          expect(await decide(suite, { categories: asked })).to.deep.equal(refusal(suite, "CategoryNotCovered"));
        }
        expect(await decide(suite, { categories: ALL_CATEGORIES & ~bit })).to.deep.equal(permit(suite));
        await grant(suite, suite.signers.clinic, GENERAL, { categories: bit });
        expect(await decide(suite, { categories: bit })).to.deep.equal(permit(suite));
      }
    });

    for (const { field, asked, all, missing } of [
      { field: "purposes", asked: "purpose", all: ALL_PURPOSES & ~BTG, missing: "PurposeNotCovered" },
      { field: "actions", asked: "action", all: ALL_ACTIONS, missing: "ActionNotCovered" },
    ]) {
      it(`each of the ${field} is covered by itself alone`, async () => {
        const suite = await fixtures.listed();
        for (const bit of bitsOf(all)) {
          await grant(suite, suite.signers.clinic, GENERAL, { [field]: bit });
          for (const other of bitsOf(all)) {
            const expected = other === bit ? permit(suite) : refusal(suite, missing);
            expect(await decide(suite, { [asked]: other })).to.deep.equal(expected);
          }
        }
      });

      it(`each of the ${field} is refused where it alone is missing`, async () => {
        const suite = await fixtures.listed();
        for (const bit of bitsOf(all)) {
          await grant(suite, suite.signers.clinic, GENERAL, { [field]: all & ~bit });
          expect(await decide(suite, { [asked]: bit })).to.deep.equal(refusal(suite, missing));
        }
      });
    }
  });

  for (const route of ROUTES) {
    it(`a grant holds from its first second to the one before its end: ${route.name}`, async () => {
      const suite = await fixtures.listed();
      const now = BigInt(await time.latest());
      const [notBefore, expiresAt] = [now + 100n, now + 200n];
      const terms = { purposes: purposes("TREAT"), notBefore, expiresAt };
      const grantee = suite.signers.clinic.address;
      await route.grant(suite, [{ grantee, scope: familyScope("TREAT"), terms: pack(terms) }]);
      for (const [at, decision] of [
        [notBefore - 1n, "NotYetValid"],
        [notBefore, "Permit"],
        [expiresAt - 1n, "Permit"],
        [expiresAt, "Expired"],
        [expiresAt + 1n, "Expired"],
      ] as const) {
        await time.increaseTo(at);
        expect((await decide(suite)).decision, `${at - now}`).to.equal(decision);
      }
    });
  }

  it("until revoked means until revoked", async () => {
    const suite = await fixtures.listed();
    const { stranger } = suite.signers;
    await grant(suite, stranger, GENERAL);
    await time.increaseTo(1n << 40n);
    expect((await decide(suite, { grantee: stranger.address })).decision).to.equal("Permit");
  });

  it("a conditional permit is none for check", async () => {
    const suite = await fixtures.listed();
    await grant(suite, suite.signers.clinic, GENERAL, { flags: CONDITIONAL });
    expect((await decide(suite)).decision).to.equal("PermitConditional");
    expect(await suite.consents.check(request(suite))).to.equal(false);
  });

  it("decideMany answers each in its place, and nothing to nothing", async () => {
    const suite = await granted();
    const { hospital, patient } = suite.signers;
    const questions = [{}, { grantee: hospital.address }, { action: 0n }, { grantee: patient.address }];
    const answers = await suite.consents.decideMany(questions.map((question) => request(suite, question)));
    const expected = await Promise.all(questions.map((question) => decide(suite, question)));
    expect(answers.map((answer) => outcome(answer))).to.deep.equal(expected);
    expect(expected.map(({ decision }) => decision)).to.deep.equal([
      "Permit",
      "NoConsent",
      "InvalidRequest",
      "PermitSelf",
    ]);
    expect([...(await suite.consents.decideMany([]))]).to.deep.equal([]);
  });

  it("costs the same with 1 and with 1,000 consents", async () => {
    const suite = await granted();
    const { consents, signers } = suite;
    const question = request(suite, { record: recordId(ANY_PROVIDER), programme: programmeId("a study") });
    const before = await consents.decide.estimateGas(question);
    const terms = pack();
    for (let batch = 0; batch < 10; batch++) {
      const grants = Array.from({ length: 100 }, (_, i) => {
        const scope = recordId(signers.lab.address, BigInt(batch * 100 + i));
        return { grantee: i % 2 === 0 ? ANY_PROVIDER : signers.clinic.address, scope, terms };
      });
      await consents.connect(signers.patient).grant(signers.patient, grants, EVIDENCE);
    }
    expect(await consents.decide.estimateGas(question)).to.equal(before);
  });
});
