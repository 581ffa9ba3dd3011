import { expect } from "chai";
import { GAS, inOneBlock, PATIENCE, stampOf, time, timeOf } from "./chain.js";
import { actions, BTG, categories, purposes } from "./codes.js";
import { fixtures, list } from "./fixtures.js";
import { Patient } from "./model.js";
import { randomOf, SEED } from "./random.js";
import {
  ANY_PROVIDER,
  CONDITIONAL,
  DECISIONS,
  EVIDENCE,
  familyScope,
  GENERAL,
  Kind,
  NONE,
  outcome,
  pack,
  Profile,
  programmeId,
  recordId,
  type Terms,
  UNTIL_REVOKED,
  WIDEST,
} from "./words.js";

const STATES = 220;
const QUESTIONS = 12;

describe("decide: against the model", () => {
  const { below, pick, chance } = randomOf(SEED);
  const records = [recordId(ANY_PROVIDER), recordId(ANY_PROVIDER, 2n)];
  const studies = [programmeId("a study"), programmeId("another")];
  const [treatment, research] = [familyScope("TREAT"), familyScope("HRESCH")];
  const kinds = [categories("LABS"), categories("NOTES"), categories("PSY")];
  const reasons = [purposes("TREAT"), purposes("COC"), purposes("HRESCH"), purposes("POARCH")];
  const acts = [actions("access"), actions("use")];

  const some = (bits: readonly bigint[]) => bits.reduce((mask, bit) => (chance(75) ? mask | bit : mask), pick(bits));

  function randomTerms(scope: string, now: bigint): Terms {
    const family = scope === treatment ? reasons.slice(0, 2) : scope === research ? reasons.slice(2) : reasons;
    return {
      ...WIDEST,
      categories: some(kinds),
      purposes: some(family),
      actions: some(acts),
      notBefore: scope === GENERAL || chance(75) ? 0n : now + BigInt(below(40)),
      expiresAt: chance(50) ? UNTIL_REVOKED : now + BigInt(40 + below(40)),
      flags: chance(25) ? CONDITIONAL : 0n,
    };
  }

  async function world() {
    const suite = await fixtures.listed();
    const { accreditor, stranger, lab, clinic, hospital, researcher, relayer, patient } = suite.signers;
    await list(suite, accreditor, relayer, { kind: Kind.Practitioner });
    await suite.providers.connect(accreditor).suspend(hospital);
    const profiles = new Map<string, Profile>([
      [clinic.address, Profile.ActiveCaregiver],
      [lab.address, Profile.ActiveCaregiver],
      [relayer.address, Profile.ActiveCaregiver],
      [researcher.address, Profile.Active],
      [hospital.address, Profile.Inactive],
      [stranger.address, Profile.Unlisted],
      [patient.address, Profile.Unlisted],
    ]);
    return { suite, profiles, patient, model: new Patient(patient.address) };
  }

  function randomCall(holders: readonly string[], now: bigint) {
    if (chance(2)) return ["revokeAll"] as const;
    const holder = chance(35) ? ANY_PROVIDER : pick(holders);
    const scopes = [GENERAL, GENERAL, treatment, research, ...records, ...(holder === ANY_PROVIDER ? [] : studies)];
    const scope = pick(scopes);
    if (chance(15)) return ["revoke", holder, scope] as const;
    return ["grant", holder, scope, randomTerms(scope, now)] as const;
  }

  it(`${STATES} states, ${STATES * QUESTIONS} questions, seed ${SEED}`, async () => {
    const { suite, profiles, patient, model } = await world();
    const registry = suite.consents.connect(patient);
    const grantees = [...profiles.keys()];
    const holders = grantees.filter((address) => address !== patient.address);
    const seen = new Map<string, number>();
    for (let state = 0; state < STATES; state++) {
      if (chance(40)) await time.increase(1 + below(60));
      const earliest = BigInt(await time.latest()) + 10n;
      await time.setNextBlockTimestamp(earliest);
      const calls = Array.from({ length: 1 + below(6) }, () => randomCall(holders, earliest));
      const receipts = await inOneBlock(() =>
        calls.map((call) => {
          if (call[0] === "revokeAll") return registry.revokeAll(patient, GAS);
          const [verb, grantee, scope, terms] = call;
          if (verb === "revoke") return registry.revoke(patient, [{ grantee, scope }], GAS);
          return registry.grant(patient, [{ grantee, scope, terms: pack(terms) }], EVIDENCE, GAS);
        }),
      );
      expect(receipts.map(({ status }) => status)).to.deep.equal(calls.map(() => 1));
      const seconds = await timeOf(receipts[0]!);
      const now = stampOf(seconds);
      for (const [verb, holder, scope, terms] of calls) {
        if (verb === "revokeAll") model.revokeAll(now);
        else if (verb === "revoke") model.refuse(now, holder, scope);
        else model.grant(now, holder, scope, terms);
      }
      for (const [verb, holder, scope] of calls) {
        if (verb === "revokeAll") expect(await registry.voidBeforeOf(patient)).to.equal(model.voidBefore);
        else expect(await registry.termsOf(patient, holder, scope)).to.equal(model.stored(holder, scope));
      }
      const questions = Array.from({ length: QUESTIONS }, () => ({
        patient: patient.address,
        grantee: chance(70) ? pick(grantees.slice(0, 3)) : pick(grantees),
        record: chance(50) ? pick(records) : NONE,
        programme: chance(40) ? pick(studies) : NONE,
        categories: chance(60) ? pick(kinds) : some(kinds),
        purpose: chance(5) ? BTG : pick(reasons),
        action: pick(acts),
      }));
      const answers = await registry.decideMany(questions);
      for (const [i, question] of questions.entries()) {
        const expected = model.decide(question, profiles.get(question.grantee)!, seconds);
        expect(outcome(answers[i]!), `seed ${SEED}, state ${state}, question ${i}`).to.deep.equal(expected);
        seen.set(expected.decision, (seen.get(expected.decision) ?? 0) + 1);
      }
    }
    // Every decision that words can lead to must come up, or the comparison would show little.
    const elsewhere = ["PermitEmergency", "PermitCustodian", "InvalidRequest"];
    expect([...seen.keys()]).to.have.members(DECISIONS.filter((name) => !elsewhere.includes(name)));
  }).timeout(PATIENCE);
});
