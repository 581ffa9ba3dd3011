import { expect } from "chai";
import type { ContractTransactionReceipt } from "ethers";
import type { Signer, Suite } from "../suite.js";
import { GAS, inOneBlock, time } from "./chain.js";
import { actions, categories, purposes } from "./codes.js";
import { fixtures, grant, registration, YEAR } from "./fixtures.js";
import { DECISIONS, type DecisionName, GENERAL, NOBODY, NONE, recordId } from "./words.js";

const [TREAT, ACCESS, LABS] = [purposes("TREAT"), actions("access"), categories("LABS")];

/** The clinic may see and collect; a member of it, and a researcher who is listed itself, may do everything in its name. */
async function world() {
  const suite = await fixtures.listed();
  const { clinic, member, researcher } = suite.signers;
  const until = BigInt(await time.latest()) + YEAR;
  for (const each of [member, researcher]) await suite.providers.connect(clinic).setMember(clinic, each, 31, until);
  await grant(suite, clinic, GENERAL);
  return { ...suite, ...suite.signers, suite };
}

/** The place of a transaction in its block: who pays more comes first. */
function place(number: number) {
  return { ...GAS, maxPriorityFeePerGas: 10n ** 9n - BigInt(number) };
}

/** What the log says of an access. */
function decisionIn({ audit }: Suite, receipt: ContractTransactionReceipt): DecisionName {
  const { access } = audit.interface.parseLog(receipt.logs[0]!)!.args as unknown as { access: bigint };
  return DECISIONS[Number((access >> 104n) & 0xffn)]!;
}

describe("a suspension bites in its own block", () => {
  for (const stop of ["suspend", "revoke"] as const) {
    it(`${stop}: what is asked before it is permitted, what is asked after it is refused`, async () => {
      const { suite, providers, audit, accreditor, clinic, member, patient } = await world();
      const access = (by: Signer, onBehalfOf: string, number: number) =>
        audit.connect(by).accessCategories(patient, LABS, NONE, TREAT, ACCESS, onBehalfOf, place(number));
      // An account's own transactions come in its order: each asks once before, and once after.
      const [own, byMember, , byMemberAfter, ownAfter] = await inOneBlock(() => [
        access(clinic, NOBODY, 1),
        access(member, clinic.address, 2),
        providers.connect(accreditor)[stop](clinic, place(3)),
        access(member, clinic.address, 4),
        access(clinic, NOBODY, 5),
      ]);
      expect([own!, byMember!].map((each) => decisionIn(suite, each))).to.deep.equal(["Permit", "Permit"]);
      const after = [byMemberAfter!, ownAfter!].map((each) => decisionIn(suite, each));
      expect(after).to.deep.equal(["GranteeNotActive", "GranteeNotActive"]);
      expect(own!.blockNumber).to.equal(ownAfter!.blockNumber);
    });

    it(`${stop}: what is collected before it is registered, what is collected after it is not`, async () => {
      const { suite, providers, records, accreditor, clinic, member } = await world();
      const register = (by: Signer, number: number) => {
        const record = recordId(clinic.address, BigInt(number));
        return records.connect(by).register(registration(suite, { record }), NONE, TREAT, place(number));
      };
      const receipts = await inOneBlock(() => [
        register(member, 1),
        providers.connect(accreditor)[stop](clinic, place(2)),
        register(member, 3),
        register(clinic, 4),
      ]);
      expect(receipts.map(({ status }) => status)).to.deep.equal([1, 1, 0, 0]);
    });

    it(`${stop}: a member that is itself listed acts before it, and not after it`, async () => {
      const { audit, providers, accreditor, clinic, researcher, patient } = await world();
      const access = (number: number) =>
        audit.connect(researcher).accessCategories(patient, LABS, NONE, TREAT, ACCESS, clinic.address, place(number));
      const receipts = await inOneBlock(() => [
        access(1),
        providers.connect(accreditor)[stop](researcher, place(2)),
        access(3),
      ]);
      expect(receipts.map(({ status }) => status)).to.deep.equal([1, 1, 0]);
    });
  }
});
