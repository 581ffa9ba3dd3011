import { id } from "ethers";
import { actions, categories, purposes } from "../../../test/contracts/codes.js";
import { Ability, EVIDENCE, GENERAL, NOBODY, NONE, pack, recordId } from "../../../test/contracts/words.js";
import type { Chain } from "../chain.js";
import type { Figures } from "../operations.js";
import { END, usual } from "../terms.js";

const LABS = categories("LABS");
const [PURPOSE, ACTION] = [purposes("TREAT"), actions("access")];

/** Records registered, and accesses logged, by a provider's own key and by a member's. */
export async function measureRecords(chain: Chain): Promise<Figures> {
  const { consents, providers, signers } = chain.suite;
  const { patient, clinic, hospital, lab, member } = signers;
  for (const grantee of [clinic.address, hospital.address, lab.address]) {
    await consents.connect(patient).grant(patient, [{ grantee, scope: GENERAL, terms: pack(usual) }], EVIDENCE);
  }
  for (const provider of [hospital, lab]) {
    await providers.connect(provider).setMember(provider, member, Ability.READ, END);
  }
  const record = recordId(clinic.address, 0xabcdefn << 64n);
  return { ...(await measureRegistering(chain, record)), ...(await measureAccess(chain, record)) };
}

async function measureRegistering(chain: Chain, record: string): Promise<Figures> {
  const { records, signers } = chain.suite;
  const { patient, clinic, member } = signers;
  const pointer = { patient, categories: LABS, contentHash: id("a result"), sealedLocator: "0x" };
  const first = { record, ...pointer };
  const another = { record: recordId(clinic.address, 0xfedcban << 64n), ...pointer };
  return {
    registerRecord: await chain.gasOf(() => records.connect(clinic).register(first, NONE, PURPOSE)),
    registerRecordByMember: await chain.gasOf(() => records.connect(member).register(another, NONE, PURPOSE)),
  };
}

async function measureAccess(chain: Chain, record: string): Promise<Figures> {
  const { audit, signers } = chain.suite;
  const { patient, hospital, lab, member } = signers;
  const [own, members] = [audit.connect(hospital), audit.connect(member)];
  const byCategory = [patient, LABS, NONE, PURPOSE, ACTION] as const;
  return {
    logAccess: await chain.gasOf(() => own.accessRecord(record, NONE, PURPOSE, ACTION, NOBODY)),
    logAccessByMember: await chain.gasOf(() => members.accessRecord(record, NONE, PURPOSE, ACTION, hospital)),
    logAccessByCategory: await chain.gasOf(() => audit.connect(lab).accessCategories(...byCategory, NOBODY)),
    logAccessByCategoryByMember: await chain.gasOf(() => members.accessCategories(...byCategory, lab)),
  };
}
