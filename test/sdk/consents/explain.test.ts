import {
  ANY_PROVIDER,
  categoriesToBits,
  type DecideParams,
  type DecisionName,
  decisionTexts,
  type Explanation,
  InvalidAddressError,
  InvalidParameterError,
  newProgrammeId,
  newRecordId,
  UnknownCodeError,
} from "@consentry/sdk";
import { expect } from "chai";
import { id } from "ethers";
import { GENERAL_SCOPE } from "../../../sdk/dist/scopes/scope.js";
import { breakGlass, expectError, fixtures, LABS, networkHelpers, YEAR } from "../setup.js";
import { deliverRefusal } from "../signed.js";

const RECORD = newRecordId("0x70997970C51812dc3A010C7d01b50e0d17dc79C8");

async function asking() {
  const world = await fixtures.equipped();
  const { patient, clinic } = world.signers;
  const grantee = clinic.address;
  const question = { patient: patient.address, grantee, categories: ["LABS"], purpose: "TREAT" } as const;
  const grant = (more: object = {}) => world.as.patient.consents.grant({ ...LABS, grantee, ...more });
  const revoke = (more: object = {}) => world.as.patient.consents.revoke({ grantee, ...more });
  const explain = async (more: object = {}): Promise<Explanation> => {
    const asked: DecideParams = { ...question, ...more };
    const explanation = await world.as.clinic.consents.explain(asked);
    const { explanation: general, ...decision } = await world.as.stranger.consents.decide(asked);
    expect(explanation, "the decision is that of decide").to.deep.include(decision);
    expect(explanation.explanation.startsWith(general)).to.equal(true);
    expect(explanation.word === undefined || explanation.heard.includes(explanation.word)).to.equal(true);
    return explanation;
  };
  return { ...world, patient: patient.address, grantee, question, grant, revoke, explain };
}

type Asking = Awaited<ReturnType<typeof asking>>;

const NOTHING = { categories: [], purposes: [], actions: [] };

describe("consents.explain", () => {
  it("tells which consent permits: its terms, when and by whom it was said, with what evidence, where", async () => {
    const { grant, explain, patient, grantee } = await asking();
    const evidence = id("a sentence and a document");
    const { events, hash } = await grant({ evidence, until: "2098-12-31" });
    const { word, heard, explanation, missing, provider, ...decision } = await explain();
    expect(decision).to.deep.include({ permitted: true, decision: "Permit" });
    expect(word).to.deep.equal({
      holder: grantee,
      scope: events[0]!.scope,
      says: "Permit",
      terms: events[0]!.terms,
      statedAt: events[0]!.statedAt,
      evidence,
      by: patient,
      transaction: hash,
      endedBy: undefined,
    });
    expect([heard, missing, provider]).to.deep.equal([[word], NOTHING, undefined]);
    expect(explanation).to.equal(
      `A consent of the patient covers the request. It rests on what was said on ${events[0]!.statedAt.toISOString()} ` +
        `to ${grantee}, in the scope of the purposes TREAT: LABS for TREAT, ETREAT, COC, TREATDS to access, ` +
        "until 2099-01-01T00:00:00.000Z.",
    );
  });

  it("tells whose last word it is, of several in the same place", async () => {
    const { grant, explain } = await asking();
    await grant({ evidence: id("first") });
    await networkHelpers.time.increase(5);
    const second = await grant({ evidence: id("second") });
    expect((await explain()).word).to.include({ evidence: id("second"), transaction: second.hash });
  });

  it("tells of a consent to every active provider", async () => {
    const { grant, explain } = await asking();
    await grant({ grantee: ANY_PROVIDER });
    const { word, explanation } = await explain();
    expect(word).to.include({ holder: ANY_PROVIDER, says: "Permit" });
    expect(explanation).to.match(
      /to every active provider, in the scope of the purposes TREAT: LABS for .*until it is revoked\.$/,
    );
  });

  const lacking: [what: string, more: object, decision: DecisionName, missing: object][] = [
    ["categories", { categories: ["LABS", "PSY", "HIV"] }, "CategoryNotCovered", { categories: ["HIV", "PSY"] }],
    ["a purpose", { purpose: "CLINTRL" }, "PurposeNotCovered", { purposes: ["CLINTRL"] }],
    ["an action", { action: "disclose" }, "ActionNotCovered", { actions: ["disclose"] }],
    [
      "all of it",
      { categories: ["NOTES"], purpose: "POPHLTH", action: "use" },
      "CategoryNotCovered",
      { categories: ["NOTES"], purposes: ["POPHLTH"], actions: ["use"] },
    ],
  ];
  for (const [what, more, decision, missing] of lacking) {
    it(`tells what the nearest consent lacks: ${what}`, async () => {
      const { grant, explain } = await asking();
      await grant();
      const told = await explain(more);
      expect(told.decision).to.equal(decision);
      for (const [kind, names] of Object.entries({ ...NOTHING, ...missing })) {
        expect(told.missing[kind as "actions"]).to.have.members(names as never[]);
        for (const name of names as string[]) expect(told.explanation).to.match(new RegExp(`lacks.*${kind} .*${name}`));
      }
      expect(told.word!.says).to.equal(decision);
    });
  }

  it("tells what a consent would have to name where there is none", async () => {
    const { explain } = await asking();
    const { decision, word, heard, missing, explanation } = await explain({ categories: ["PSY"], action: "use" });
    expect([decision, word, heard]).to.deep.equal(["NoConsent", undefined, []]);
    expect(missing).to.deep.equal({ categories: ["PSY"], purposes: ["TREAT"], actions: ["use"] });
    expect(explanation).to.match(/A consent would have to name categories PSY; purposes TREAT; actions use\.$/);
  });

  it("tells when a consent starts, and when it ended", async () => {
    const { grant, explain } = await asking();
    await grant({ from: "2098-01-01" });
    const early = await explain();
    expect(early.decision).to.equal("NotYetValid");
    expect(early.explanation).to.match(/starts at 2098-01-01T00:00:00\.000Z\.$/);
    const until = (await networkHelpers.time.latest()) + 60;
    await grant({ until });
    await networkHelpers.time.increaseTo(until);
    const late = await explain();
    expect(late.decision).to.equal("Expired");
    expect(late.explanation).to.contain(`ended at ${new Date(until * 1000).toISOString()}.`);
    expect(late.word!.terms!.until).to.deep.equal(new Date(until * 1000));
  });

  const endings: [what: string, end: (asking: Asking) => Promise<{ hash: string }>, type: string, text: RegExp][] = [
    ["from the provider altogether", ({ revoke }) => revoke(), "ConsentRevoked", /the provider altogether/],
    ["of everything", ({ as }) => as.patient.consents.revokeAll(), "AllRevoked", /a withdrawal of everything/],
  ];
  for (const [what, end, type, text] of endings) {
    it(`tells of a withdrawal ${what}`, async () => {
      const world = await asking();
      await world.grant();
      await networkHelpers.time.increase(5);
      const { hash } = await end(world);
      const { decision, heard, explanation } = await world.explain();
      expect(decision).to.equal("Revoked");
      const grant = heard.find(({ terms }) => terms !== undefined)!;
      expect(grant.says).to.equal("Revoked");
      expect(grant.endedBy).to.deep.include({ type, transaction: hash, by: world.patient });
      if (type === "AllRevoked") expect(explanation).to.match(text);
      else expect(explanation).to.match(/It was refused on .*, in the GENERAL scope\.$/);
      await networkHelpers.time.increase(5);
      await world.grant({ purposes: ["HPAYMT"], scope: "general" });
      const after = await world.explain();
      expect(after.heard.find(({ scope }) => scope.kind === "purpose")!.endedBy).to.deep.include({ transaction: hash });
    });
  }

  it("tells of the first withdrawal that ended a consent, not of later ones", async () => {
    const { grant, revoke, explain, as } = await asking();
    await revoke();
    await grant();
    await networkHelpers.time.increase(5);
    const first = await as.patient.consents.revokeAll();
    await networkHelpers.time.increase(5);
    await as.patient.consents.revokeAll();
    const { heard } = await explain();
    const ended = heard.find(({ scope }) => scope.kind === "purpose")!;
    expect(ended.endedBy).to.deep.include({ type: "AllRevoked", transaction: first.hash });
  });

  it("tells of a withdrawal that was delivered late", async () => {
    const world = await asking();
    const { grant, explain, grantee } = world;
    const narrow = await grant();
    await networkHelpers.time.increase(10);
    await grant({ purposes: ["HPAYMT"], scope: "general" });
    const late = await deliverRefusal(
      world,
      { grantee, scope: GENERAL_SCOPE },
      narrow.events[0]!.statedAt.getTime() + 1,
    );
    const { heard } = await explain();
    const ended = heard.find(({ scope }) => scope.kind === "purpose")!;
    expect(ended.endedBy).to.deep.include({ type: "ConsentRestarted", transaction: late.hash });
    expect(heard.find(({ scope }) => scope.kind === "general")!.transaction).to.not.equal(late.hash);
  });

  const refusals: [
    what: string,
    refuse: (asking: Asking) => Promise<unknown>,
    more: object,
    decision: DecisionName,
    place: RegExp,
  ][] = [
    [
      "a record hidden from the grantee",
      ({ revoke }) => revoke({ record: RECORD }),
      { record: RECORD },
      "Withheld",
      /record/,
    ],
    [
      "a record hidden from everybody",
      ({ as }) => as.patient.consents.revoke({ record: RECORD }),
      { record: RECORD },
      "Withheld",
      /to every active provider, in the scope of the record/,
    ],
    ["a family of purposes", ({ revoke }) => revoke({ purpose: "TREAT" }), {}, "Revoked", /the purposes TREAT/],
  ];
  for (const [what, refuse, more, decision, place] of refusals) {
    it(`tells of a refusal: ${what}`, async () => {
      const world = await asking();
      await world.grant();
      await refuse(world);
      const { word, explanation, ...told } = await world.explain(more);
      expect(told).to.include({ permitted: false, decision });
      expect(word).to.include({ terms: undefined, says: decision, by: world.patient });
      expect(explanation)
        .to.match(place)
        .and.to.match(/It was refused on /);
    });
  }

  it("tells of broken glass: who broke it, until when; and what the patient excluded", async () => {
    const world = await asking();
    const { hash } = await breakGlass(world, "LABS");
    const open = await world.explain({ purpose: "BTG" });
    expect(open.word).to.include({
      says: "PermitEmergency",
      by: world.grantee,
      transaction: hash,
      evidence: undefined,
    });
    const { consents, signers } = world;
    await consents.connect(signers.patient).setExclusions(signers.patient.address, categoriesToBits(["LABS"]));
    const closed = await world.explain({ purpose: "BTG" });
    expect(closed).to.include({ decision: "Withheld", explanation: decisionTexts.Withheld.explanation });
    await world.as.patient.consents.revokeAll();
    const ended = await world.explain({ purpose: "BTG", categories: ["NOTES"] });
    expect(ended.word!.endedBy).to.include({ type: "AllRevoked" });
  });

  it("tells how the directory lists a provider that is not active", async () => {
    const { explain, as, grantee } = await asking();
    await as.accreditor.providers.suspend({ provider: grantee });
    const { provider, explanation, heard } = await explain();
    expect(provider).to.include({ standing: "suspended", name: "clinic" });
    expect([explanation.endsWith("It is suspended."), heard]).to.deep.equal([true, []]);
    await as.consortium.providers.reinstate({ provider: grantee });
    await networkHelpers.time.increase(2 * YEAR);
    expect((await explain()).explanation).to.match(/Its accreditation ended at \d{4}-/);
  });

  it("tells of every word that was heard, in the order of hearing, up to the one that decided", async () => {
    const { grant, explain, grantee, signers } = await asking();
    const programme = newProgrammeId();
    await grant({ record: RECORD, categories: ["NOTES"] });
    await grant({ programme, actions: ["use"] });
    await grant({ categories: ["NOTES"] });
    await grant({ scope: "general" });
    await grant({ grantee: ANY_PROVIDER });
    await grant({ grantee: signers.hospital.address });
    const { heard } = await explain({ record: RECORD, programme });
    expect(heard.map(({ holder, scope, says }) => [holder === grantee, scope.kind, says])).to.deep.equal([
      [true, "record", "CategoryNotCovered"],
      [true, "programme", "ActionNotCovered"],
      [true, "purpose", "CategoryNotCovered"],
      [true, "general", "Permit"],
    ]);
  });

  it("explains the past as it was, and permits nothing now", async () => {
    const { grant, revoke, as, question } = await asking();
    const { blockNumber: at, hash } = await grant();
    await revoke();
    const told = await as.clinic.consents.explain(question, { at });
    expect(told).to.deep.include({ permitted: false, historical: true, decision: "Permit", blockNumber: at });
    expect(told.word).to.include({ transaction: hash, endedBy: undefined });
    expect(told.heard).to.have.length(1);
  });

  it("is of the patient herself, without a word", async () => {
    const { explain, patient } = await asking();
    const told = await explain({ grantee: patient });
    expect([told.decision, told.word, told.missing]).to.deep.equal(["PermitSelf", undefined, NOTHING]);
  });

  it("refuses what decide refuses", async () => {
    const { as, question } = await asking();
    const { explain } = as.clinic.consents;
    await expectError(explain({ ...question, patient: "x" }), InvalidAddressError, { parameter: "patient" });
    await expectError(explain({ ...question, categories: [] }), InvalidParameterError, { parameter: "categories" });
    await expectError(explain({ ...question, purpose: "FUN" }), UnknownCodeError);
    await expectError(explain(question, { at: -1 }), InvalidParameterError, { parameter: "at" });
  });
});
