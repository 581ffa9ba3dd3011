import { EVIDENCE, familyScope, GENERAL, pack } from "../../../test/contracts/words.js";
import type { Chain } from "../chain.js";
import type { Figures } from "../operations.js";
import { grantees, usual, wider } from "../terms.js";

/** Consents given, replaced and withdrawn by the patient directly. */
export async function measureConsents(chain: Chain): Promise<Figures> {
  const { consents, signers } = chain.suite;
  const { patient, otherPatient, clinic, hospital } = signers;
  const own = consents.connect(patient);
  const general = (grantee: string, terms: bigint) => ({ grantee, scope: GENERAL, terms });
  const narrower = { grantee: hospital, scope: familyScope("TREAT"), terms: pack(usual) };
  const hundred = grantees("grantee", 100).map((grantee) => general(grantee, pack(usual)));
  const grantAll = () => consents.connect(otherPatient).grant(otherPatient, hundred, EVIDENCE);
  return {
    grant: await chain.gasOf(() => own.grant(patient, [general(clinic.address, pack(usual))], EVIDENCE)),
    replace: await chain.gasOf(() => own.grant(patient, [general(clinic.address, pack(wider))], EVIDENCE)),
    revoke: await chain.gasOf(() => own.revoke(patient, [{ grantee: clinic, scope: GENERAL }])),
    grantNarrower: await chain.gasOf(() => own.grant(patient, [narrower], EVIDENCE)),
    grantBatch100PerItem: (await chain.gasOf(grantAll)) / 100,
    revokeAllFirst: await chain.gasOf(() => own.revokeAll(patient)),
    revokeAllLater: await chain.gasOf(() => own.revokeAll(patient)),
  };
}
