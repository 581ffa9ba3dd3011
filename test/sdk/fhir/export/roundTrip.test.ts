import {
  allActions,
  allCategories,
  allPurposes,
  ANY_PROVIDER,
  type Category,
  describeScope,
  expandPurposes,
  familyMembers,
  isSensitivity,
  newProgrammeId,
  newRecordId,
  purposesToBits,
  type PurposeFamily,
} from "@consentry/sdk";
import { type ChainConsent, consentFromFhir, consentToFhir, evaluate, provenanceOf } from "@consentry/sdk/fhir";
import { expect } from "chai";
import { describeTerms, packTerms, unpackTerms } from "../../../../sdk/dist/consents/terms.js";
import { prepareGrants } from "../../../../sdk/dist/consents/toGrant.js";
import { revocationsOf } from "../../../../sdk/dist/consents/revoke.js";
import { EMERGENCY_SCOPE, familyScope, GENERAL_SCOPE } from "../../../../sdk/dist/scopes/scope.js";
import { type Random, randomOf, SEED } from "../../../contracts/random.js";
import { problemsOf } from "../validate.js";

const WORDS = 400;
/** The check against HL7's definitions is slow. */
const VALIDATED = 50;
const CHAIN = { chainId: 31_337 };
const PATIENT = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const GRANTEE = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
const FAMILIES: PurposeFamily[] = ["TREAT", "HPAYMT", "HOPERAT", "HRESCH", "PATRQT", "PUBHLTH", "HMARKT"];
const IMPORT = { ...CHAIN, anyProvider: true, at: 0 };

function subset<Item>(items: readonly Item[], { chance, pick }: Random): Item[] {
  const percent = pick([10, 50, 100]);
  const chosen = items.filter(() => chance(percent));
  return chosen.length > 0 ? chosen : [pick(items)];
}

/** A word as the SDK can grant it. */
function wordOf(random: Random): { grantee: string; scope: string; word: bigint } {
  const { below, chance, pick } = random;
  const family = pick(FAMILIES);
  const scope = pick([GENERAL_SCOPE, familyScope(family), newRecordId(GRANTEE), newProgrammeId()]);
  const allowed =
    scope === familyScope(family) ? familyMembers(family) : allPurposes().filter((name) => name !== "BTG");
  const kinds = allCategories().filter((name) => !isSensitivity(name));
  const sensitive = chance(40)
    ? []
    : subset(
        allCategories().filter((name) => isSensitivity(name)),
        random,
      );
  const categories: Category[] = [...subset(kinds, random), ...sensitive];
  const purposes = expandPurposes(subset(allowed, random));
  const isLater = chance(40) && scope !== GENERAL_SCOPE;
  const notBefore = isLater ? BigInt(1_700_000_000 + below(10_000_000)) : 0n;
  const grant = {
    grantee: scope.startsWith("0x04") || chance(80) ? GRANTEE : ANY_PROVIDER,
    categories,
    purposes,
    actions: subset(allActions(), random),
    ...(isLater && { from: Number(notBefore) }),
    until: chance(30) ? ("until-revoked" as const) : 1_800_000_000 + below(100_000_000),
    conditional: chance(20),
  };
  const place = scope.startsWith("0x03") ? { record: scope } : scope.startsWith("0x04") ? { programme: scope } : {};
  const general = scope === GENERAL_SCOPE ? { scope: "general" as const } : {};
  const [prepared] = prepareGrants({ ...grant, ...place, ...general }, PATIENT, "");
  return { grantee: prepared!.grantee, scope: prepared!.scope, word: packTerms(prepared!.bits) };
}

function chainConsent({ grantee, scope, word }: { grantee: string; scope: string; word: bigint }): ChainConsent {
  return { patient: PATIENT, grantee, scope: describeScope(scope), terms: describeTerms(word) };
}

describe(`from the chain to FHIR and back, seed ${SEED}`, () => {
  it("a grant is the same", async () => {
    const random = randomOf(SEED);
    for (let i = 0; i < WORDS; i++) {
      const said = wordOf(random);
      const consent = consentToFhir(chainConsent(said), CHAIN);
      if (i < VALIDATED) expect(problemsOf(consent)).to.deep.equal([]);
      const { patient, grants, revocations, needsReview } = await consentFromFhir(
        [JSON.parse(JSON.stringify(consent))],
        IMPORT,
      );
      expect({ patient, revocations, needsReview }).to.deep.equal({
        patient: PATIENT,
        revocations: [],
        needsReview: [],
      });
      const back = grants.flatMap((grant) => prepareGrants(grant, PATIENT, ""));
      const words = back.map(({ grantee, scope, bits }) => ({ grantee, scope, word: packTerms(bits) }));
      expect(words.map(told), JSON.stringify(consent)).to.deep.equal([said].map(told));
    }
  });

  it("grants of a provider's families, together, are the same", async () => {
    const random = randomOf(SEED + 1);
    for (let i = 0; i < 30; i++) {
      const words = FAMILIES.map((family) => {
        const { word } = wordOf(random);
        const bits = { ...unpackTerms(word), purposes: purposesToBits(expandPurposes([family])) };
        return { grantee: GRANTEE, scope: familyScope(family), word: packTerms(bits) };
      });
      const consents = words.map((word) => consentToFhir(chainConsent(word), CHAIN));
      const { grants } = await consentFromFhir(consents, IMPORT);
      const back = grants.flatMap((grant) => prepareGrants(grant, PATIENT, ""));
      const found = back.map(({ grantee, scope, bits }) => ({ grantee, scope, word: packTerms(bits) }));
      expect(found.map(told)).to.have.deep.members(words.map(told));
    }
  });

  const record = newRecordId(GRANTEE);
  const programme = newProgrammeId();
  const refusals: [what: string, grantee: string, scope: string][] = [
    ["in general", GRANTEE, GENERAL_SCOPE],
    ["of everybody", ANY_PROVIDER, GENERAL_SCOPE],
    ["of a family", GRANTEE, familyScope("HRESCH")],
    ["of a family, of everybody", ANY_PROVIDER, familyScope("TREAT")],
    ["of a record", GRANTEE, record],
    ["of a record, of everybody", ANY_PROVIDER, record],
    ["of a programme", GRANTEE, programme],
    ["of break-glass", GRANTEE, EMERGENCY_SCOPE],
  ];
  for (const [what, grantee, scope] of refusals) {
    it(`a refusal ${what} is the same`, async () => {
      const consent = consentToFhir({ patient: PATIENT, grantee, scope }, CHAIN);
      expect(problemsOf(consent)).to.deep.equal([]);
      const { grants, revocations, needsReview } = await consentFromFhir([consent], { ...CHAIN, at: 0 });
      expect({ grants, needsReview }).to.deep.equal({ grants: [], needsReview: [] });
      expect(revocationsOf({ revocations })).to.deep.equal([{ grantee, scope }]);
    });
  }
});

/** Easier to read when they differ. */
function told({ grantee, scope, word }: { grantee: string; scope: string; word: bigint }): object {
  return { grantee, scope, ...describeTerms(word) };
}

describe("consentToFhir", () => {
  const statedAt = new Date("2026-01-02T03:04:05.678Z");
  const terms = describeTerms(
    packTerms({
      categories: 0x100n,
      purposes: 0xfn,
      actions: 2n,
      notBefore: 0n,
      expiresAt: 1_900_000_000n,
      conditional: false,
    }),
  );
  const word: ChainConsent = {
    patient: PATIENT,
    grantee: GRANTEE,
    scope: familyScope("TREAT"),
    terms,
    statedAt,
    by: PATIENT,
  };

  it("says who, what for, until when, and by whom", () => {
    const consent = consentToFhir(word, CHAIN);
    const did = (address: string) => ({
      system: "urn:ietf:rfc:3986",
      value: `did:pkh:eip155:31337:${address.toLowerCase()}`,
    });
    expect(consent).to.deep.include({
      resourceType: "Consent",
      status: "active",
      dateTime: "2026-01-02T03:04:05.678Z",
    });
    expect(consent.patient!.identifier).to.deep.equal(did(PATIENT));
    expect(consent.performer![0]!.identifier).to.deep.equal(did(PATIENT));
    expect(consent.provision!.actor![0]!.reference.identifier).to.deep.equal(did(GRANTEE));
    expect(consent.provision!.purpose!.map(({ code }) => code)).to.deep.equal(["TREAT", "ETREAT", "COC", "TREATDS"]);
    expect(consent.provision!.period).to.deep.equal({ end: "2030-03-17T17:46:39Z" });
    const [denied] = consent.provision!.provision!;
    expect(denied!.securityLabel!.map(({ code }) => code)).to.include.members([
      "PSY",
      "ETHUD",
      "R",
      "V",
      "OTHER_SENSITIVE",
    ]);
  });

  it("is read by evaluate as the chain decides", () => {
    const consent = consentToFhir(word, CHAIN);
    const observation = (...security: object[]) => ({
      resourceType: "Observation",
      meta: { security },
      category: [
        { coding: [{ system: "http://terminology.hl7.org/CodeSystem/observation-category", code: "laboratory" }] },
      ],
    });
    const act = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    const plain = observation();
    const resources = [
      plain,
      observation({ system: act, code: "PSY" }),
      observation({ system: "urn:x", code: "y" }),
      { resourceType: "Condition" },
    ];
    const did = (address: string) => `did:pkh:eip155:31337:${address}`;
    const request = { patient: did(PATIENT), actor: did(GRANTEE), purpose: "TREAT", at: statedAt, resources };
    expect(evaluate([consent], request).released).to.deep.equal([plain]);
    expect(evaluate([consent], { ...request, purpose: "HRESCH" }).decision).to.equal("notApplicable");
  });

  it("of a conditional word needs the document that narrows it", () => {
    const conditional = consentToFhir({ ...word, terms: { ...terms, conditional: true } }, CHAIN);
    const did = (address: string) => `did:pkh:eip155:31337:${address}`;
    const request = { patient: did(PATIENT), actor: did(GRANTEE), purpose: "TREAT", at: statedAt };
    expect(evaluate([conditional], request).issues[0]).to.have.property("path", "Consent.modifierExtension");
  });

  it("is no longer active when it does not stand any more", () => {
    expect(consentToFhir(word, { ...CHAIN, live: false }).status).to.equal("inactive");
    const statuses = (["live", "upcoming", "refused", "expired", "withdrawn"] as const).map((status) => {
      return consentToFhir({ ...word, status }, CHAIN).status;
    });
    expect(statuses).to.deep.equal(["active", "active", "active", "inactive", "inactive"]);
  });

  it("of what break-glass opened is refused", () => {
    expect(() => consentToFhir({ ...word, scope: EMERGENCY_SCOPE }, CHAIN)).to.throw(/scope must be/);
    expect(() => consentToFhir({ ...word, scope: `0x09${"00".repeat(31)}` }, CHAIN)).to.throw(/scope must be/);
  });

  it("and its Provenance name the same word", () => {
    const [, identifier] = consentToFhir(word, CHAIN).identifier!;
    const other = "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65";
    const provenance = provenanceOf({ ...word, by: other }, CHAIN);
    expect(problemsOf(provenance)).to.deep.equal([]);
    expect(provenance.target[0]!.identifier).to.deep.equal(identifier);
    expect(provenance.recorded).to.equal("2026-01-02T03:04:05.678Z");
    expect(provenance.agent[0]!.onBehalfOf!.identifier!.value).to.include(PATIENT.toLowerCase());
    expect(provenanceOf(word, CHAIN).agent[0]).to.not.have.property("onBehalfOf");
    expect(() => provenanceOf({ ...word, by: undefined }, CHAIN)).to.throw(/`by` and `statedAt`/);
  });
});
