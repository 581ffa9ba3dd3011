import { expect } from "chai";
import { fixtures, grant, request } from "../fixtures.js";
import { bitsOf } from "../codes.js";
import { CONDITIONAL, EVIDENCE, GENERAL, pack, recordId, type Terms, UNTIL_REVOKED } from "../words.js";

/** Refused terms whose error shows a field: every bit of the field, and none of a neighbour's. */
const SHOWN: readonly [field: string, changes: Partial<Terms>, error: string, args: readonly bigint[]][] = [
  ["categories", { categories: (1n << 64n) - 1n }, "InvalidCategories", [(1n << 64n) - 1n]],
  ["purposes", { purposes: (1n << 32n) - 1n }, "InvalidPurposes", [(1n << 32n) - 1n]],
  ["actions", { actions: (1n << 8n) - 1n }, "InvalidActions", [(1n << 8n) - 1n]],
  ["notBefore", { notBefore: UNTIL_REVOKED, expiresAt: 1n }, "InvalidPeriod", [UNTIL_REVOKED, 1n]],
  ["expiresAt", { notBefore: UNTIL_REVOKED }, "InvalidPeriod", [UNTIL_REVOKED, UNTIL_REVOKED]],
  ["issuedAt", { issuedAt: UNTIL_REVOKED }, "UnexpectedStamp", [UNTIL_REVOKED]],
  ["flags", { flags: (1n << 8n) - 1n }, "InvalidFlags", [(1n << 8n) - 1n]],
];

describe("Terms", () => {
  for (const [field, changes, error, args] of SHOWN) {
    it(`keeps ${field} in its own bits`, async () => {
      const { consents, signers } = await fixtures.listed();
      const { patient, clinic } = signers;
      const grants = [{ grantee: clinic, scope: GENERAL, terms: pack(changes) }];
      await expect(consents.connect(patient).grant(patient, grants, EVIDENCE))
        .to.be.revertedWithCustomError(consents, error)
        .withArgs(...args);
    });
  }

  it("stores every field where the layout says, with nothing but the stamp added", async () => {
    const suite = await fixtures.listed();
    const { patient, clinic } = suite.signers;
    const stated = { notBefore: 0x1111_1111_1111n, expiresAt: 0x2222_2222_2222n, flags: CONDITIONAL };
    const scope = recordId(clinic.address);
    await grant(suite, clinic, scope, stated);
    const stored = await suite.consents.termsOf(patient, clinic, scope);
    const issuedAt = (stored >> 200n) & UNTIL_REVOKED;
    expect(issuedAt).to.be.greaterThan(0n);
    expect(stored).to.equal(pack({ ...stated, issuedAt }));
  });

  it("is read bit by bit: a grant of single bits permits these and no others", async () => {
    const suite = await fixtures.listed();
    const single = { categories: 1n << 63n, purposes: 1n << 28n, actions: 1n << 4n };
    await grant(suite, suite.signers.clinic, GENERAL, single);
    const asked = { categories: single.categories, purpose: single.purposes, action: single.actions };
    expect(await suite.consents.check(request(suite, asked))).to.equal(true);
    for (const categories of bitsOf((1n << 63n) - 1n)) {
      expect(await suite.consents.check(request(suite, { ...asked, categories }))).to.equal(false);
    }
  });
});
