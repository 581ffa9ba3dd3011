import type { TransactionResponse } from "ethers";
import { dataSlice, getBytes, id } from "ethers";
import { network } from "hardhat";
import type { IConsentRegistry } from "../../sdk/src/generated/contracts/index.js";
import { actions, categories, purposes } from "../../test/contracts/codes.js";
import {
  Ability,
  ANY_PROVIDER,
  EVIDENCE,
  familyScope,
  GENERAL,
  Kind,
  NOBODY,
  NONE,
  pack,
  programmeId,
  recordId,
} from "../../test/contracts/words.js";
import { deploySuite, type Suite } from "../../test/suite.js";
import type { Operation } from "./bars.js";

type Request = IConsentRegistry.RequestStruct;

const END = 4_000_000_000n;
const TREATMENT = familyScope("TREAT");

/** Terms as they are given in practice: some kinds of data, one purpose family, some actions, an end. */
const usual = {
  categories: categories("LABS", "MEDICATIONS", "PROBLEMS", "ALLERGIES"),
  purposes: purposes("TREAT", "ETREAT", "COC"),
  actions: actions("collect", "access", "use"),
  expiresAt: END,
};
const wider = { ...usual, categories: usual.categories | categories("VITALS") };

/** Measures every operation on a fresh chain, in the order of a story. Deterministic: accounts, terms and ids are fixed. */
export async function measure(): Promise<Record<Operation, number>> {
  const suite = await prepare();
  return { ...(await measureWriting(suite)), ...(await measureRecords(suite)), ...(await measureDeciding(suite)) };
}

async function prepare(): Promise<Suite> {
  const suite = await deploySuite(await network.create());
  const { consortium, accreditor, clinic, hospital, lab, member } = suite.signers;
  await suite.providers.connect(consortium).appointAccreditor(1, accreditor);
  for (const provider of [clinic, hospital, lab]) {
    await suite.providers.connect(accreditor).register({
      provider,
      kind: Kind.Organization,
      capabilities: Ability.CONTRIBUTE,
      expiresAt: END,
      name: "A practice",
      endpoint: "https://fhir.example",
    });
  }
  await suite.providers.connect(clinic).setMember(clinic, member, Ability.READ | Ability.CONTRIBUTE, END);
  return suite;
}

async function measureWriting({ consents, signers }: Suite) {
  const { patient, otherPatient, clinic, hospital } = signers;
  const own = consents.connect(patient);
  const general = (grantee: string, terms: bigint) => ({ grantee, scope: GENERAL, terms });
  const hundred = Array.from({ length: 100 }, (_, i) => general(dataSlice(id(`grantee ${i}`), 12), pack(usual)));
  return {
    grant: await gasOf(own.grant(patient, [general(clinic.address, pack(usual))], EVIDENCE)),
    replace: await gasOf(own.grant(patient, [general(clinic.address, pack(wider))], EVIDENCE)),
    revoke: await gasOf(own.revoke(patient, [{ grantee: clinic, scope: GENERAL }])),
    grantNarrower: await gasOf(
      own.grant(patient, [{ grantee: hospital, scope: TREATMENT, terms: pack(usual) }], EVIDENCE),
    ),
    grantBatch100PerItem: (await gasOf(consents.connect(otherPatient).grant(otherPatient, hundred, EVIDENCE))) / 100,
    revokeAllFirst: await gasOf(own.revokeAll(patient)),
    revokeAllLater: await gasOf(own.revokeAll(patient)),
  };
}

async function measureRecords({ consents, records, audit, providers, signers }: Suite) {
  const { patient, clinic, hospital, lab, member } = signers;
  const [record, another] = [recordId(clinic.address, 0xabcdefn << 64n), recordId(clinic.address, 0xfedcban << 64n)];
  const pointer = { patient, categories: categories("LABS"), contentHash: id("a result"), sealedLocator: "0x" };
  const [purpose, action] = [purposes("TREAT"), actions("access")];
  for (const grantee of [clinic.address, hospital.address, lab.address]) {
    await consents.connect(patient).grant(patient, [{ grantee, scope: GENERAL, terms: pack(usual) }], EVIDENCE);
  }
  for (const each of [hospital, lab]) await providers.connect(each).setMember(each, member, Ability.READ, END);
  return {
    registerRecord: await gasOf(records.connect(clinic).register({ record, ...pointer }, NONE, purpose)),
    registerRecordByMember: await gasOf(
      records.connect(member).register({ record: another, ...pointer }, NONE, purpose),
    ),
    logAccess: await gasOf(audit.connect(hospital).accessRecord(record, NONE, purpose, action, NOBODY)),
    logAccessByMember: await gasOf(audit.connect(member).accessRecord(record, NONE, purpose, action, hospital)),
    logAccessByCategory: await gasOf(
      audit.connect(lab).accessCategories(patient, categories("LABS"), NONE, purpose, action, NOBODY),
    ),
    logAccessByCategoryMember: await gasOf(
      audit.connect(member).accessCategories(patient, categories("LABS"), NONE, purpose, action, lab),
    ),
    anchor1000PerEntry: (await gasOf(audit.connect(hospital).anchor(hospital, 0, 1000, id("a root")))) / 1000,
  };
}

async function measureDeciding(suite: Suite) {
  const { patient, lab } = suite.signers;
  const general = { grantee: lab.address, scope: GENERAL, terms: pack(usual) };
  await suite.consents.connect(patient).grant(patient, [general], EVIDENCE);
  const decide = await executionOf(suite, usualRequest(suite));
  await fill(suite, 10_000);
  const decideAmong10000 = await executionOf(suite, usualRequest(suite));
  return { decide, decideAmong10000, decideWorst: await worst(suite) };
}

/** A hit in the GENERAL scope, without a record; nothing else was said to the grantee. */
function usualRequest({ signers: { patient, lab } }: Suite): Request {
  return {
    patient: patient.address,
    grantee: lab.address,
    record: NONE,
    programme: NONE,
    categories: categories("LABS"),
    purpose: purposes("TREAT"),
    action: actions("access"),
  };
}

/** A word stands in every place that a decision reads, and only the last one covers, or none. */
async function worst(suite: Suite): Promise<number> {
  const { patient, clinic, lab } = suite.signers;
  const [record, programme] = [recordId(clinic.address, 7n), programmeId("a study")];
  const request = { ...usualRequest(suite), record, programme, action: actions("use") };
  const narrow = { ...usual, actions: actions("access") };
  const everywhere = [record, programme, TREATMENT, GENERAL].map((scope) => ({ grantee: lab.address, scope }));
  const anybody = [record, TREATMENT, GENERAL].map((scope) => ({ grantee: ANY_PROVIDER, scope }));
  const grants = [...everywhere, ...anybody].map((word) => ({ ...word, terms: pack(narrow) }));
  await suite.consents.connect(patient).grant(patient, grants, EVIDENCE);
  const refused = await executionOf(suite, request);
  const last = { grantee: ANY_PROVIDER, scope: GENERAL, terms: pack(usual) };
  await suite.consents.connect(patient).grant(patient, [last], EVIDENCE);
  return Math.max(refused, await executionOf(suite, request));
}

/** Other consents, of another patient and of this one. */
async function fill({ consents, signers: { patient, otherPatient } }: Suite, count: number): Promise<void> {
  const size = 200;
  for (let start = 0; start < count; start += size) {
    const grants = Array.from({ length: size }, (_, i) => ({
      grantee: dataSlice(id(`other grantee ${start + i}`), 12),
      scope: GENERAL,
      terms: pack(usual),
    }));
    const owner = (start / size) % 2 === 0 ? patient : otherPatient;
    await consents.connect(owner).grant(owner, grants, EVIDENCE);
  }
}

async function gasOf(sent: Promise<TransactionResponse>): Promise<number> {
  const receipt = await (await sent).wait();
  return Number(receipt?.gasUsed);
}

/** The gas of a view as a transaction, less what every transaction with these data pays before it starts (EIP-2028). */
async function executionOf({ consents, signers: { relayer } }: Suite, request: Request): Promise<number> {
  const call = await consents.decide.populateTransaction(request);
  const bytes = getBytes(call.data);
  const zeros = bytes.filter((byte) => byte === 0).length;
  const intrinsic = 21_000 + 4 * zeros + 16 * (bytes.length - zeros);
  return (await gasOf(relayer.sendTransaction(call))) - intrinsic;
}
