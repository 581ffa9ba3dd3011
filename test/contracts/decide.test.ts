import { expect } from "chai";
import type { Suite } from "../suite.js";
import { time } from "./chain.js";
import { actions, categories, purposes } from "./codes.js";
import { CASES } from "./decide.cases.js";
import { PAIRS } from "./decide.pairs.js";
import type { Asked, Holder, Said, ScopeName, Step } from "./decide.vocabulary.js";
import { fixtures, grant, list, request } from "./fixtures.js";
import { type Route, ROUTES } from "./routes.js";
import {
  ANY_PROVIDER,
  bare,
  CONDITIONAL,
  DECISIONS,
  familyScope,
  GENERAL,
  Kind,
  KINDS,
  NONE,
  outcome,
  pack,
  programmeId,
  recordId,
  type Terms,
} from "./words.js";

const PERMITS = ["Permit", "PermitSelf"];
const TABLE = [...CASES, ...PAIRS];
/** Every case by every route; the pairs, which are about reading alone, by the first. */
const MOUNTED = ROUTES.flatMap((route, i) => (i === 0 ? TABLE : CASES).map((row) => [route, row] as const));

describe("decide: the order of the words", () => {
  async function world() {
    const suite = await fixtures.listed();
    const { clinic, hospital, researcher, stranger, patient } = suite.signers;
    const holders = {
      clinic: clinic.address,
      hospital: hospital.address,
      researcher: researcher.address,
      stranger: stranger.address,
      patient: patient.address,
      any: ANY_PROVIDER,
    };
    return { suite, holders };
  }

  const scopes: Record<ScopeName, string> = {
    GENERAL,
    TREATMENT: familyScope("TREAT"),
    RESEARCH: familyScope("HRESCH"),
    record: recordId(ANY_PROVIDER),
    otherRecord: recordId(ANY_PROVIDER, 2n),
    study: programmeId("a study"),
    otherStudy: programmeId("another"),
  };

  function terms(said: Said, now: number): Partial<Terms> {
    return {
      ...(said.categories && { categories: categories(...said.categories) }),
      ...(said.purposes && { purposes: purposes(...said.purposes) }),
      ...(said.actions && { actions: actions(...said.actions) }),
      ...(said.notBefore && { notBefore: BigInt(now + said.notBefore) }),
      ...(said.expiresAt && { expiresAt: BigInt(now + said.expiresAt) }),
      ...(said.conditional && { flags: CONDITIONAL }),
    };
  }

  async function take(
    route: Route,
    suite: Suite,
    holders: Record<Holder, string>,
    [verb, ...rest]: Step,
  ): Promise<unknown> {
    const { providers, signers } = suite;
    const directory = providers.connect(signers.accreditor);
    if (verb === "revokeAll") return route.revokeAll(suite);
    if (verb === "wait") return time.increase(rest[0] as number);
    const [whose, scope, said] = rest as [Holder, ScopeName, Said?];
    const holder = holders[whose];
    const place = { grantee: holder, scope: scopes[scope] };
    switch (verb) {
      case "grant":
        return route.grant(suite, [{ ...place, terms: pack(terms(said ?? {}, await time.latest())) }]);
      case "refuse":
        return route.revoke(suite, [place]);
      case "suspend":
        return directory.suspend(holder);
      case "expel":
        return directory.revoke(holder);
      case "reinstate":
        return providers.connect(signers.consortium).reinstate(holder);
      case "lapse":
        return time.increaseTo((await providers.providerOf(holder)).expiresAt);
    }
  }

  function ask(suite: Suite, holders: Record<Holder | "patient", string>, asked: Asked) {
    return request(suite, {
      grantee: holders[asked.grantee ?? "clinic"],
      record: asked.record ? scopes[asked.record] : NONE,
      programme: asked.programme ? scopes[asked.programme] : NONE,
      categories: categories(...(asked.categories ?? ["LABS"])),
      purpose: purposes(asked.purpose ?? "TREAT"),
      action: actions(asked.action ?? "access"),
    });
  }

  for (const [route, { name, steps, asked = {}, decision, word }] of MOUNTED) {
    it(`${route.name}, ${decision}: ${name}`, async () => {
      const { suite, holders } = await world();
      for (const step of steps) await take(route, suite, holders, step);
      const question = ask(suite, holders, asked);
      const expected = word ? { decision, holder: holders[word[0]], scope: scopes[word[1]] } : bare(decision);
      expect(outcome(await suite.consents.decide(question))).to.deep.equal(expected);
      const [first, second] = await suite.consents.decideMany([question, question]);
      expect([outcome(first!), outcome(second!)]).to.deep.equal([expected, expected]);
      expect(await suite.consents.check(question)).to.equal(PERMITS.includes(decision));
    });
  }

  it("the table reaches every decision but break-glass's, the custodian's and that on invalid requests", () => {
    const elsewhere = ["PermitEmergency", "PermitCustodian", "InvalidRequest"];
    const expected = DECISIONS.filter((name) => !elsewhere.includes(name));
    expect([...new Set(TABLE.map(({ decision }) => decision))]).to.have.members(expected);
  });

  it("the names in the table are one each", () => {
    const names = TABLE.map(({ name, decision }) => `${decision}: ${name}`);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).to.deep.equal([]);
  });

  for (const kind of KINDS) {
    const meant = kind === Kind.Organization || kind === Kind.Practitioner;
    it(`ANY_PROVIDER ${meant ? "means" : "does not mean"} an active ${Kind[kind]}`, async () => {
      const { suite, holders } = await world();
      await list(suite, suite.signers.accreditor, suite.signers.stranger, { kind });
      await grant(suite, ANY_PROVIDER, GENERAL);
      const expected = { decision: "Permit", holder: ANY_PROVIDER, scope: GENERAL };
      const told = outcome(await suite.consents.decide(ask(suite, holders, { grantee: "stranger" })));
      expect(told).to.deep.equal(meant ? expected : bare("NoConsent"));
    });
  }
});
