import {
  allCategories,
  allPurposes,
  categoriesToBits,
  type DecisionName,
  DECISIONS,
  purposesToBits,
} from "@consentry/sdk";
import { expect } from "chai";
import { ZeroAddress, ZeroHash } from "ethers";
import { type Circumstances, hear, type Profile, type Question } from "../../../sdk/dist/decisions/hearing.js";
import { time } from "../../contracts/chain.js";
import { fixtures } from "../../contracts/fixtures.js";
import { historyOf } from "../../contracts/history.js";
import { randomOf, SEED } from "../../contracts/random.js";
import { ANY_PROVIDER } from "../../contracts/words.js";

const STEPS = 1_500;
const QUESTIONS = 8;
const PROFILES: readonly Profile[] = ["unlisted", "inactive", "active", "activeCaregiver"];

/** What it heard, as the contract tells it. */
function told(question: Question, circumstances: Circumstances) {
  const { decision, deciding } = hear(question, circumstances);
  return { decision, holder: deciding?.holder ?? ZeroAddress, scope: deciding?.scope ?? ZeroHash };
}

describe(`decisions without the contract, over a history of ${STEPS} steps, seed ${SEED}`, () => {
  const seen = new Set<DecisionName>();
  let compared = 0;

  it("are those of the contract", async () => {
    const random = randomOf(SEED);
    const { below, chance } = random;
    const history = await historyOf(random);
    const { consents, providers } = history.suite;
    for (let steps = 0, number = 0; steps < STEPS; number++) {
      const pause = chance(70) ? below(20) : chance(80) ? below(600) : below(5 * 3600);
      const second = BigInt((await time.latest()) + 1 + pause);
      if (chance(12)) {
        await history.interlude(second);
        steps++;
      } else steps += (await history.block(second)).steps;
      const questions = Array.from({ length: QUESTIONS }, () => history.question(second).asked);
      const answers = await consents.decideMany(questions);
      for (const [i, question] of questions.entries()) {
        const { patient, grantee } = question;
        const { model, reader } = history.patients.find(({ address }) => address === patient)!;
        const circumstances: Circumstances = {
          time: second,
          controller: await consents.controllerOf(patient),
          voidBefore: await reader.voidBefore(),
          excluded: model.exclusions.categories,
          profile: PROFILES[Number(await providers.profileOf(grantee))]!,
          mayBreakGlass: await providers.isCapable(grantee, 4),
          wordOf: (holder, scope) => model.stored(holder, scope),
        };
        const { decision, holder, scope } = answers[i]!;
        const expected = { decision: DECISIONS[Number(decision)], holder, scope };
        expect(told(question, circumstances), `block ${number}, question ${i}`).to.deep.equal(expected);
        seen.add(expected.decision!);
        compared++;
      }
    }
  }).timeout(300_000);

  it("are of every kind that words can lead to, or the comparison would show little", () => {
    const elsewhere = ["PermitCustodian", "InvalidRequest"];
    expect(compared).to.be.above(1_000);
    expect([...seen]).to.have.members(DECISIONS.filter((name) => !elsewhere.includes(name)));
  });
});

/** The lowest bit that a mask has not. */
function undefinedBit(mask: bigint): bigint {
  return ~mask & (mask + 1n);
}

describe("a question without a sense", () => {
  const grantee = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
  const valid: Question = {
    patient: "0x90F79bf6EB2c4f870365E785982E1f101E93b906",
    grantee,
    record: ZeroHash,
    programme: ZeroHash,
    purpose: 1n,
    categories: 1n,
    action: 1n,
  };
  const id = (kind: string) => `0x${kind}${"11".repeat(31)}`;
  const cases: [what: string, more: Partial<Question>, isValid: boolean][] = [
    ["none", {}, true],
    ["a record and a programme", { record: id("03"), programme: id("04") }, true],
    ["no patient", { patient: ZeroAddress }, false],
    ["no grantee", { grantee: ZeroAddress }, false],
    ["everybody as the grantee", { grantee: ANY_PROVIDER }, false],
    ["a programme as record", { record: id("04") }, false],
    ["a record without a custodian", { record: `0x03${"00".repeat(20)}${"11".repeat(11)}` }, false],
    ["a record as programme", { programme: id("03") }, false],
    ["an empty programme", { programme: `0x04${"00".repeat(31)}` }, false],
    ["no category", { categories: 0n }, false],
    ["an undefined category", { categories: 1n | undefinedBit(categoriesToBits(allCategories())) }, false],
    ["no purpose", { purpose: 0n }, false],
    ["two purposes", { purpose: 3n }, false],
    ["an undefined purpose", { purpose: undefinedBit(purposesToBits(allPurposes())) }, false],
    ["no action", { action: 0n }, false],
    ["two actions", { action: 3n }, false],
    ["an undefined action", { action: 1n << 7n }, false],
  ];
  for (const [what, more, isValid] of cases) {
    it(`is found as the contract finds it: ${what}`, async () => {
      const { consents } = await fixtures.listed();
      const question = { ...valid, ...more };
      const wordOf = () => 0n;
      const circumstances = { time: 1n, controller: valid.patient, voidBefore: 0n, excluded: 0n, wordOf };
      const { decision } = hear(question, { ...circumstances, profile: "unlisted", mayBreakGlass: false });
      expect(decision).to.equal(isValid ? "NoConsent" : "InvalidRequest");
      const [answer] = await consents.decide(question);
      expect(DECISIONS[Number(answer)]).to.equal(decision);
    });
  }
});
