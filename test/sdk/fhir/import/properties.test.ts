import { categoriesToBits, purposesToBits, requestedPurpose } from "@consentry/sdk";
import { consentFromFhir, evaluate, type ImportedConsents, type ImportOptions, labelsOf } from "@consentry/sdk/fhir";
import { expect } from "chai";
import { packTerms, withStamp } from "../../../../sdk/dist/consents/terms.js";
import { prepareGrants } from "../../../../sdk/dist/consents/toGrant.js";
import { revocationsOf } from "../../../../sdk/dist/consents/revoke.js";
import { type Circumstances, hear } from "../../../../sdk/dist/decisions/hearing.js";
import { NO_ID } from "../../../../sdk/dist/scopes/ids.js";
import { randomOf, SEED } from "../../../contracts/random.js";
import {
  ACTIONS,
  type Document,
  documentsOf,
  type Item,
  type Party,
  permitted,
  type Question,
  questionOf,
  WORLD,
} from "./model.js";
import { consentOf, dateOf, recordId, resourceOf } from "./toFhir.js";

const SETS = 700;
const QUESTIONS = 15;
/** So many of the sets are put on the chain, which takes longer. */
const IMPORTED = 150;

const PATIENT = `0x${"99".repeat(20)}`;
const ADDRESSES: Readonly<Record<Party, string>> = {
  A: `0x${"aa".repeat(20)}`,
  B: `0x${"bb".repeat(20)}`,
  C: `0x${"cc".repeat(20)}`,
};
const CHECKSUMMED = Object.fromEntries(
  Object.entries(ADDRESSES).map(([name, address]) => [name, prepareAddress(address)]),
) as Record<Party, string>;

function prepareAddress(address: string): string {
  const terms = { categories: ["LABS"], purposes: ["TREAT"], actions: ["use"], until: "until-revoked" as const };
  return prepareGrants({ grantee: address, ...terms }, PATIENT, "")[0]!.grantee;
}

const RESOURCES = new Map(WORLD.map((item) => [item.id, resourceOf(item)]));

const OPTIONS: ImportOptions = {
  chainId: 31_337,
  patientOf: () => PATIENT,
  granteeOf: ([name]) => ADDRESSES[name!.slice(-1) as Party],
  membersOf: () => ({ members: [ADDRESSES.B], version: "1" }),
  recordOf: ([name]) => {
    const item = WORLD.find(({ id }) => name!.endsWith(`/${id}`));
    return item?.isRecord === true ? recordId(item.id) : undefined;
  },
  anyProvider: true,
  at: dateOf(0),
};

/** The words that stand on the chain after an import: refusals first, then grants. */
function wordsOf({ revocations, grants }: ImportedConsents): Map<string, bigint> {
  const words = new Map<string, bigint>();
  const refused = revocations.length === 0 ? [] : revocationsOf({ revocations });
  for (const { grantee, scope } of refused) words.set(`${grantee} ${scope}`, withStamp(0n, 1_000n));
  for (const input of grants) {
    for (const { grantee, scope, bits } of prepareGrants(input, PATIENT, "")) {
      expect(words.has(`${grantee} ${scope}`), "two words in one place").to.be.false;
      words.set(`${grantee} ${scope}`, withStamp(packTerms(bits), 2_000n));
    }
  }
  return words;
}

function chainSays(words: ReadonlyMap<string, bigint>, question: Question, item: Item): string {
  const { actor, purpose, action, day } = question;
  const circumstances: Circumstances = {
    time: BigInt(Date.parse(dateOf(day)) / 1000),
    controller: PATIENT,
    voidBefore: 0n,
    excluded: 0n,
    profile: "activeCaregiver",
    mayBreakGlass: false,
    wordOf: (holder, scope) => words.get(`${holder} ${scope}`) ?? 0n,
  };
  const asked = {
    patient: PATIENT,
    grantee: CHECKSUMMED[actor],
    record: item.isRecord ? recordId(item.id) : NO_ID,
    programme: NO_ID,
    purpose: purposesToBits([requestedPurpose(purpose)]),
    categories: labelsOf(RESOURCES.get(item.id)).bits,
    action: 1n << BigInt(ACTIONS.indexOf(action) + 1),
  };
  return hear(asked, circumstances).decision;
}

function documentsSay(consents: object[], { actor, custodian, purpose, action, day }: Question): Set<string> {
  const { released, decision } = evaluate(consents, {
    patient: "Patient/1",
    actor: `Organization/${actor}`,
    groups: actor === "B" ? ["Group/G"] : [],
    custodian: `Organization/${custodian}`,
    purpose,
    action,
    at: dateOf(day),
    resources: [...RESOURCES.values()],
  });
  expect(decision).to.not.equal("needsReview");
  return new Set(released.map(({ id }) => id));
}

describe(`documents and chain together, seed ${SEED}`, () => {
  const random = randomOf(SEED);
  const sets = Array.from({ length: SETS }, () => documentsOf(random));

  it("are read as the page says: what evaluate releases is what the documents permit", () => {
    for (const documents of sets) {
      const consents = documents.map(consentOf);
      for (let i = 0; i < QUESTIONS; i++) {
        const question = questionOf(random);
        const told = [...documentsSay(consents, question)].sort();
        expect(told, about(documents, question)).to.deep.equal([...permitted(documents, question)].sort());
      }
    }
  });

  for (const sensitive of ["named", "as-written"] as const) {
    it(`never permit what the documents deny, sensitive data ${sensitive}`, async () => {
      const count = { permitted: 0, byChain: 0, byBoth: 0, conditional: 0, plain: 0, plainWithheld: 0 };
      for (const documents of sets.slice(0, IMPORTED)) {
        const consents = documents.map(consentOf);
        const imported = await consentFromFhir(consents, { ...OPTIONS, sensitive });
        expect(imported.needsReview).to.deep.equal([]);
        const words = wordsOf(imported);
        for (let i = 0; i < QUESTIONS; i++) {
          const question = questionOf(random);
          const allowed = permitted(documents, question);
          const told = documentsSay(consents, question);
          for (const item of WORLD) {
            const decision = chainSays(words, question, item);
            const isReleased = decision === "Permit" || (decision === "PermitConditional" && told.has(item.id));
            if (isReleased)
              expect(allowed.has(item.id), `${item.id} ${decision} ${about(documents, question)}`).to.be.true;
            if (!allowed.has(item.id)) continue;
            count.permitted++;
            if (decision === "Permit") count.byChain++;
            if (decision === "PermitConditional") count.conditional++;
            if (isReleased) count.byBoth++;
            if (!item.labels.every((label) => label === "N")) continue;
            count.plain++;
            if (!isReleased) count.plainWithheld++;
          }
        }
      }
      const share = (part: number): string => `${((100 * part) / count.permitted).toFixed(1)} %`;
      console.log(
        `      of ${count.permitted} that documents permit: ${share(count.byChain)} by the chain alone, ` +
          `${share(count.conditional)} under conditions, ${share(count.permitted - count.byBoth)} withheld needlessly ` +
          `(of what is not sensitive ${((100 * count.plainWithheld) / count.plain).toFixed(1)} %)`,
      );
      expect(count.byChain).to.be.above(count.permitted / 10);
      expect(count.byBoth).to.be.above(count.permitted / 2);
      expect(count.plainWithheld).to.be.below(count.plain / 100);
    });
  }
});

function about(documents: readonly Document[], question: Question): string {
  return JSON.stringify({ documents, question });
}

it("kinds and labels of the model are those of the SDK", () => {
  for (const item of WORLD) {
    const names: Record<string, string> = { N: "", R: "RESTRICTED", V: "VERY_RESTRICTED" };
    const sensitive = item.labels.map((label) => names[label] ?? label).filter((name) => name !== "");
    expect(labelsOf(RESOURCES.get(item.id)).bits).to.equal(categoriesToBits([item.kind, ...sensitive]));
  }
});
