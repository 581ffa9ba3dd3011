import {
  AlreadyExpiredError,
  ANY_PROVIDER,
  ConditionalWithoutDocumentError,
  type DecideParams,
  type DecisionName,
  decisionTexts,
  InvalidAddressError,
  InvalidParameterError,
  newProgrammeId,
  newRecordId,
  ShadowedByRefusalError,
  type SimulateParams,
  type Simulation,
} from "@consentry/sdk";
import { expect } from "chai";
import { id } from "ethers";
import { randomOf, SEED } from "../../contracts/random.js";
import { breakGlass, ethers, expectError, fixtures, LABS, networkHelpers, sent } from "../setup.js";

const RECORD = newRecordId("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");
const PROGRAMME = newProgrammeId();
const EVIDENCE = id("a sentence and a document");

async function asking() {
  const world = await fixtures.equipped();
  const { as, signers } = world;
  const [patient, grantee] = [signers.patient.address, signers.clinic.address];
  const question = { patient, grantee, categories: ["LABS"], purpose: "TREAT" } as const;
  const grant = (more: object = {}) => as.patient.consents.grant({ ...LABS, grantee, ...more });
  const simulate = (what: object, ...questions: DecideParams[]): Promise<Simulation> => {
    const asked = questions.length > 0 ? questions : [question];
    return as.patient.consents.simulate({ ...what, questions: asked } as unknown as SimulateParams);
  };
  return { ...world, patient, grantee, question, grant, simulate };
}

const answersOf = ({ answers }: Simulation) => {
  return answers.map(({ before, after, effect }) => [before.decision, after.decision, effect]);
};

describe("consents.simulate", () => {
  it("shows what a first grant would allow, and sends nothing", async () => {
    const { simulate, grantee, patient, question, signers, as } = await asking();
    const before = await sent(signers.patient);
    const simulation = await simulate({ grant: { ...LABS, grantee, until: "2098-12-31" } });
    expect(await sent(signers.patient)).to.equal(before);
    const block = await ethers.provider.getBlock("latest");
    expect(simulation).to.deep.include({ patient, blockNumber: block!.number, blockHash: block!.hash });
    expect(simulation.time.getTime() / 1000).to.be.above(block!.timestamp);
    const [change, ...others] = simulation.changes;
    expect(others).to.deep.equal([]);
    expect(change).to.deep.include({ grantee, before: undefined });
    expect(change!.scope).to.include({ kind: "purpose", family: "TREAT" });
    expect(change!.after).to.deep.include({ status: "live" });
    expect(change!.after.terms).to.deep.include({ categories: ["LABS"], until: new Date("2099-01-01") });
    expect(simulation.answers[0]).to.deep.equal({
      question,
      before: { permits: false, ...told("NoConsent"), holder: undefined, scope: undefined },
      after: { permits: true, ...told("Permit"), holder: grantee, scope: change!.scope },
      effect: "more",
    });
    expect((await as.clinic.consents.decide(question)).permitted).to.equal(false);
  });

  const told = (decision: DecisionName) => ({
    decision,
    ...decisionTexts[decision],
    conditional: decision === "PermitConditional",
  });

  it("shows what would be replaced, and where a conditional word would yield less", async () => {
    const { grant, simulate, grantee, question } = await asking();
    await grant({ categories: ["LABS", "NOTES"] });
    const conditional = { ...LABS, grantee, conditional: true, evidence: EVIDENCE };
    const notes = { ...question, categories: ["NOTES"] as const };
    const research = { ...question, purpose: "HRESCH" as const };
    const simulation = await simulate({ grant: conditional }, question, notes, research);
    expect(simulation.changes[0]!.before!.terms!.categories).to.have.members(["LABS", "NOTES"]);
    expect(simulation.changes[0]!.after.terms).to.deep.include({ categories: ["LABS"], conditional: true });
    expect(answersOf(simulation)).to.deep.equal([
      ["Permit", "PermitConditional", "less"],
      ["Permit", "CategoryNotCovered", "less"],
      ["NoConsent", "NoConsent", "same"],
    ]);
    expect(simulation.answers[0]!.after.permits).to.equal(false);
  });

  it("shows a grant for each family of a mix that starts later, and what starts later", async () => {
    const { simulate, grantee } = await asking();
    const mix = { ...LABS, grantee, purposes: ["TREAT", "HRESCH"], from: "2098-01-01" };
    const { changes, ...simulation } = await simulate({ grant: mix });
    expect(changes.map(({ scope, after }) => [scope.kind, after.status])).to.deep.equal([
      ["purpose", "upcoming"],
      ["purpose", "upcoming"],
    ]);
    expect(answersOf({ changes, ...simulation })).to.deep.equal([["NoConsent", "NotYetValid", "same"]]);
  });

  it("shows what a withdrawal would end, elsewhere, too", async () => {
    const { grant, simulate, grantee, question } = await asking();
    await grant();
    await grant({ purposes: ["HRESCH"] });
    await networkHelpers.time.increase(5);
    const research = { ...question, purpose: "HRESCH" as const };
    const all = await simulate({ revoke: { grantee } }, question, research);
    expect(all.changes).to.have.length(1);
    expect(all.changes[0]).to.deep.include({ before: undefined, after: { status: "refused", terms: undefined } });
    expect(answersOf(all)).to.deep.equal([
      ["Permit", "Revoked", "less"],
      ["Permit", "Revoked", "less"],
    ]);
    const one = await simulate({ revoke: { grantee, purpose: "TREAT" } }, question, research);
    expect(one.changes[0]!.before).to.deep.include({ status: "live" });
    expect(answersOf(one)).to.deep.equal([
      ["Permit", "Revoked", "less"],
      ["Permit", "Permit", "same"],
    ]);
  });

  it("shows what revokeAll would end, and leaves other patients alone", async () => {
    const { grant, simulate, as, grantee, question, signers } = await asking();
    await grant();
    await as.otherPatient.consents.grant({ ...LABS, grantee });
    const other = { ...question, patient: signers.otherPatient.address };
    const { changes, ...simulation } = await simulate({ revokeAll: {} }, question, other);
    expect(changes).to.deep.equal([]);
    expect(answersOf({ changes, ...simulation })).to.deep.equal([
      ["Permit", "Revoked", "less"],
      ["Permit", "Permit", "same"],
    ]);
  });

  it("shows what the words of one call do to each other, in their order", async () => {
    const { simulate, grantee, question } = await asking();
    const grants = [
      { ...LABS, grantee },
      { ...LABS, grantee: ANY_PROVIDER },
    ];
    const simulation = await simulate({ grant: { grants } }, question, { ...question, record: RECORD });
    expect(simulation.changes.map((change) => change.grantee)).to.deep.equal([grantee, ANY_PROVIDER]);
    const twice = { revocations: [{ grantee }, { grantee, record: RECORD }] };
    const withdrawn = await simulate({ revoke: twice }, { ...question, record: RECORD });
    expect(answersOf(withdrawn)).to.deep.equal([["NoConsent", "Withheld", "same"]]);
  });

  it("starts from a block of the past, if that is asked for", async () => {
    const { grant, as, grantee, question } = await asking();
    const { blockNumber } = await grant();
    await as.patient.consents.revokeAll();
    const params = { revoke: { grantee }, questions: [question] };
    const simulation = await as.patient.consents.simulate(params, { at: blockNumber });
    expect(answersOf(simulation)).to.deep.equal([["Permit", "Revoked", "less"]]);
    expect(simulation.blockNumber).to.equal(blockNumber);
  });

  it("is of the patient who is named, or else of the signer", async () => {
    const { as, patient, grantee, question } = await asking();
    const grant = { ...LABS, grantee, patient };
    const simulation = await as.stranger.consents.simulate({ grant, questions: [question] });
    expect([simulation.patient, ...answersOf(simulation)]).to.deep.equal([patient, ["NoConsent", "Permit", "more"]]);
    const own = await as.stranger.consents.simulate({ grant: { ...LABS, grantee }, questions: [question] });
    expect(answersOf(own)).to.deep.equal([["NoConsent", "NoConsent", "same"]]);
  });

  describe("fails as the write would", () => {
    const ended = { until: 1_000_000_000 };
    const cases: [what: string, what: object, type: abstract new (...args: never) => Error, properties?: object][] = [
      ["an end in the past", { grant: ended }, AlreadyExpiredError],
      ["a condition without a document", { grant: { conditional: true } }, ConditionalWithoutDocumentError],
      ["no categories", { grant: { categories: [] } }, InvalidParameterError, { parameter: "categories" }],
      ["a misspelt term", { grant: { purpose: "TREAT" } }, InvalidParameterError, { parameter: "purpose" }],
      ["no grantee", { revoke: { grantee: "x" } }, InvalidAddressError, { parameter: "grantee" }],
      ["no patient", { revokeAll: { patient: "x" } }, InvalidAddressError, { parameter: "patient" }],
    ];
    for (const [what, { grant, ...others }, type, properties] of cases as [
      string,
      { grant?: object },
      typeof InvalidParameterError,
      object?,
    ][]) {
      it(what, async () => {
        const { simulate, grantee } = await asking();
        const saying = grant === undefined ? others : { grant: { ...LABS, grantee, ...grant } };
        await expectError(simulate(saying), type, properties);
      });
    }

    it("an older refusal in a narrower scope, unless it is cleared", async () => {
      const { simulate, as, grantee } = await asking();
      await as.patient.consents.revoke({ grantee, purpose: "TREAT" });
      const general = { ...LABS, grantee, purposes: ["TREAT", "HRESCH"] };
      await expectError(simulate({ grant: general }), ShadowedByRefusalError);
      const cleared = await simulate({ grant: { ...general, clear: true } });
      expect(cleared.changes.map(({ scope }) => scope.kind)).to.deep.equal(["general", "purpose"]);
      expect(answersOf(cleared)).to.deep.equal([["Revoked", "Permit", "more"]]);
    });

    const bad: [what: string, params: object, parameter: string][] = [
      ["nothing that is said", {}, "grant"],
      ["two things that are said", { revokeAll: {}, revoke: { grantee: ANY_PROVIDER } }, "grant"],
      ["no question", { revokeAll: {}, questions: [] }, "questions"],
      ["a question that is no list", { revokeAll: {}, questions: {} }, "questions"],
      ["a misspelt key", { revokeAl: {} }, "revokeAl"],
    ];
    for (const [what, params, parameter] of bad) {
      it(what, async () => {
        const { as, question } = await asking();
        const simulated = as.patient.consents.simulate({
          questions: [question],
          ...params,
        } as unknown as SimulateParams);
        await expectError(simulated, InvalidParameterError, { parameter });
      });
    }
  });
});

describe(`what is simulated, seed ${SEED}`, () => {
  const { below, pick, chance } = randomOf(SEED);
  const some = <Item>(items: readonly Item[]) => {
    const chosen = items.filter(() => chance(60));
    return chosen.length > 0 ? chosen : [pick(items)];
  };

  it("is what happens when it is said for real in that second", async () => {
    const world = await asking();
    const { as, patient, question, signers } = world;
    const grantees = [signers.clinic, signers.hospital, signers.researcher, signers.stranger].map(
      (each) => each.address,
    );
    const place = (): object => pick([{}, {}, {}, { record: RECORD }, { programme: PROGRAMME }, { scope: "general" }]);
    const consent = (now: number): object => {
      const where = place();
      const grantee = "programme" in where || chance(65) ? pick(grantees) : ANY_PROVIDER;
      const from = "scope" in where || chance(70) ? undefined : now + 1 + below(200);
      const until = chance(60) ? "until-revoked" : now + 300 + below(3_000);
      const conditional = chance(25);
      const terms = { categories: some(["LABS", "NOTES", "PSY"]), purposes: [pick(["TREAT", "COC", "HRESCH"])] };
      return { grantee, ...where, ...terms, actions: some(["access", "use"]), from, until, conditional };
    };
    const saying = (now: number): object => {
      if (chance(6)) return { revokeAll: {} };
      if (chance(75)) return { grant: { ...consent(now), evidence: EVIDENCE, clear: true } };
      const grantee = chance(70) ? pick(grantees) : ANY_PROVIDER;
      const where = pick([{}, {}, { purpose: "TREAT" }, { record: RECORD }, { purpose: "HRESCH" }]);
      return { revoke: { grantee, ...where } };
    };
    const ask = (): DecideParams => ({
      ...question,
      grantee: pick([...grantees, patient]),
      categories: some(["LABS", "NOTES", "PSY"] as const),
      purpose: chance(25) ? "BTG" : pick(["TREAT", "COC", "HRESCH"] as const),
      action: pick(["access", "use"] as const),
      record: chance(40) ? RECORD : undefined,
      programme: chance(30) ? PROGRAMME : undefined,
    });
    const seen = { decisions: new Set<string>(), effects: new Set<string>() };
    await world.providers
      .connect(signers.consortium)
      .setEmergency(signers.clinic.address, true)
      .catch(() => undefined);
    for (let round = 0; round < 120; round++) {
      if (chance(40)) await breakGlass(world, "LABS", "NOTES").catch(() => undefined);
      if (round === 60) await as.accreditor.providers.suspend({ provider: signers.hospital.address });
      await networkHelpers.time.increase(1 + below(chance(80) ? 60 : 2_000));
      const said = saying(await networkHelpers.time.latest());
      const questions = Array.from({ length: 6 }, ask);
      const params = { ...said, questions } as unknown as SimulateParams;
      const { time, answers, changes } = await as.patient.consents.simulate(params);
      await networkHelpers.time.setNextBlockTimestamp(time);
      const { grant, revoke, revokeAll } = params;
      const { consents } = as.patient;
      if (grant !== undefined) await consents.grant(grant);
      else if (revoke !== undefined) await consents.revoke(revoke);
      else await consents.revokeAll(revokeAll);
      const decided = await as.stranger.consents.decideMany(questions);
      for (const [i, { after, before, effect }] of answers.entries()) {
        const { decision, holder, scope, permitted } = decided[i] as never as typeof after & { permitted: boolean };
        const expected = { decision, holder, scope, permits: permitted };
        expect(after, `round ${round}, question ${i}`).to.deep.include(expected);
        seen.decisions.add(decision).add(before.decision);
        seen.effects.add(effect);
      }
      const listed = await as.stranger.consents.list({ patient });
      for (const { grantee, scope, after } of changes) {
        const found = listed.find((each) => each.grantee === grantee && each.scope.id === scope.id)!;
        expect({ status: found.status, terms: found.terms }, `round ${round}`).to.deep.equal(after);
      }
    }
    expect([...seen.effects]).to.have.members(["more", "less", "same"]);
    expect([...seen.decisions]).to.include.members([
      ...["NoConsent", "Permit", "PermitConditional", "PermitSelf", "Withheld", "Revoked", "NotYetValid", "Expired"],
      ...["CategoryNotCovered", "ActionNotCovered", "PurposeNotCovered", "GranteeNotActive", "PermitEmergency"],
    ]);
  }).timeout(180_000);
});
