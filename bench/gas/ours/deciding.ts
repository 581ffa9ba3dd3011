import type { IConsentRegistry } from "../../../sdk/src/generated/contracts/index.js";
import { actions, categories, purposes } from "../../../test/contracts/codes.js";
import {
  ANY_PROVIDER,
  EVIDENCE,
  familyScope,
  GENERAL,
  NONE,
  pack,
  programmeId,
  recordId,
} from "../../../test/contracts/words.js";
import type { Suite } from "../../../test/suite.js";
import type { Chain } from "../chain.js";
import type { Figures } from "../operations.js";
import { grantees, usual } from "../terms.js";

type Request = IConsentRegistry.RequestStruct;

/** Decisions, at last among many other consents. */
export async function measureDeciding(chain: Chain): Promise<Figures> {
  const { consents, signers } = chain.suite;
  const { patient, lab } = signers;
  const general = { grantee: lab, scope: GENERAL, terms: pack(usual) };
  await consents.connect(patient).grant(patient, [general], EVIDENCE);
  const decide = await executionOf(chain, usualRequest(chain.suite));
  await fill(chain.suite, 10_000);
  const decideAmong10000 = await executionOf(chain, usualRequest(chain.suite));
  return { decide, decideAmong10000, decideWorst: await worst(chain) };
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
async function worst(chain: Chain): Promise<number> {
  const { consents, signers } = chain.suite;
  const { patient, clinic, lab } = signers;
  const [record, programme] = [recordId(clinic.address, 7n), programmeId("a study")];
  const request = { ...usualRequest(chain.suite), record, programme, action: actions("use") };
  const narrow = { ...usual, actions: actions("access") };
  const treatment = familyScope("TREAT");
  const everywhere = [record, programme, treatment, GENERAL].map((scope) => ({ grantee: lab.address, scope }));
  const anybody = [record, treatment, GENERAL].map((scope) => ({ grantee: ANY_PROVIDER, scope }));
  const grants = [...everywhere, ...anybody].map((word) => ({ ...word, terms: pack(narrow) }));
  await consents.connect(patient).grant(patient, grants, EVIDENCE);
  const refused = await executionOf(chain, request);
  const last = { grantee: ANY_PROVIDER, scope: GENERAL, terms: pack(usual) };
  await consents.connect(patient).grant(patient, [last], EVIDENCE);
  return Math.max(refused, await executionOf(chain, request));
}

/** Other consents, of another patient and of this one. */
async function fill({ consents, signers: { patient, otherPatient } }: Suite, count: number): Promise<void> {
  const size = 200;
  for (let start = 0; start < count; start += size) {
    const grants = grantees("other grantee", size, start).map((grantee) => ({
      grantee,
      scope: GENERAL,
      terms: pack(usual),
    }));
    const owner = (start / size) % 2 === 0 ? patient : otherPatient;
    await consents.connect(owner).grant(owner, grants, EVIDENCE);
  }
}

async function executionOf(chain: Chain, request: Request): Promise<number> {
  return chain.executionOf(await chain.suite.consents.decide.populateTransaction(request));
}
