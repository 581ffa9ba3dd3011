import { AlreadyExpiredError, TooSoonError } from "@consentry/sdk";
import { expect } from "chai";
import { stampOf, unpackTerms } from "../../../sdk/dist/consents/terms.js";
import { afterGrant, afterRevoke, afterRevokeAll } from "../../../sdk/dist/decisions/saying.js";
import { GENERAL_SCOPE } from "../../../sdk/dist/scopes/scope.js";
import { actions, categories, purposes } from "../../contracts/codes.js";
import { pack, tombstone, WIDEST } from "../../contracts/words.js";

const TIME = 1_800_000_000n;
const PRESENT = TIME * 1000n + 999n;
const SCOPE = `0x02${"0".repeat(61)}1`;
const labs = (more: object = {}) =>
  pack({ ...WIDEST, categories: categories("LABS"), purposes: purposes("TREAT"), actions: actions("access"), ...more });

describe("the stamp of what is said now", () => {
  const cases: [what: string, stored: bigint, voidBefore: bigint, stamp: bigint][] = [
    ["the end of the second", 0n, 0n, PRESENT],
    ["after a revokeAll of the same second", 0n, PRESENT, PRESENT + 1n],
    ["not before the word that it replaces", tombstone(PRESENT + 5n), 0n, PRESENT + 5n],
    ["not moved by older words", tombstone(PRESENT - 1n), PRESENT - 1n, PRESENT],
  ];
  for (const [what, stored, voidBefore, stamp] of cases) {
    it(`is ${what}`, () => {
      const moment = { time: TIME, voidBefore };
      expect(stampOf(afterGrant(stored, labs(), SCOPE, moment))).to.equal(stamp);
      expect(afterRevoke(stored, moment)).to.equal(tombstone(stamp));
    });
  }

  it("may run a second ahead for a grant, and further for a withdrawal only", () => {
    const [last, beyond] = [999n, 1_000n].map((lead) => ({ time: TIME, voidBefore: PRESENT + lead }));
    expect(stampOf(afterGrant(0n, labs(), SCOPE, last!))).to.equal(PRESENT + 1_000n);
    expect(() => afterGrant(0n, labs(), SCOPE, beyond!)).to.throw(TooSoonError);
    expect(afterRevoke(0n, beyond!)).to.equal(tombstone(PRESENT + 1_001n));
  });

  it("of a revokeAll moves on, a second ahead at most, and never back", () => {
    for (const [voidBefore, after] of [
      [0n, PRESENT],
      [PRESENT - 1n, PRESENT],
      [PRESENT, PRESENT + 1n],
      [PRESENT + 999n, PRESENT + 1_000n],
      [PRESENT + 1_000n, PRESENT + 1_000n],
      [PRESENT + 2_000n, PRESENT + 2_000n],
    ] as const) {
      expect(afterRevokeAll({ time: TIME, voidBefore }), String(voidBefore)).to.equal(after);
    }
  });
});

describe("a grant that is said now", () => {
  const moment = { time: TIME, voidBefore: 0n };

  it("must end later", () => {
    expect(() => afterGrant(0n, labs({ expiresAt: TIME }), SCOPE, moment)).to.throw(AlreadyExpiredError);
    expect(unpackTerms(afterGrant(0n, labs({ expiresAt: TIME + 1n }), SCOPE, moment)).expiresAt).to.equal(TIME + 1n);
  });

  it("starts, in the GENERAL scope only, in the second of the refusal that it came after", () => {
    const refusal = tombstone(1_700_000_000_500n);
    const startOf = (stored: bigint, scope: string) => unpackTerms(afterGrant(stored, labs(), scope, moment)).notBefore;
    expect(startOf(refusal, GENERAL_SCOPE)).to.equal(1_700_000_000n);
    expect(startOf(labs({ notBefore: 1_600_000_000n }), GENERAL_SCOPE)).to.equal(1_600_000_000n);
    expect(startOf(0n, GENERAL_SCOPE)).to.equal(0n);
    expect(startOf(refusal, SCOPE)).to.equal(0n);
  });
});
