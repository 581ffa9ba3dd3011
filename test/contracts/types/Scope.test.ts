import { expect } from "chai";
import { toBeHex, zeroPadValue } from "ethers";
import type { Suite } from "../../suite.js";
import {
  bit,
  families,
  familyOf,
  GRANTABLE_PURPOSES,
  membersOf,
  purposeRows,
  purposes,
  undefinedBits,
} from "../codes.js";
import { fixtures } from "../fixtures.js";
import { ROUTES } from "../routes.js";
import { ANY_PROVIDER, EMERGENCY, familyScope, GENERAL, NONE, ofKind, pack, programmeId, recordId } from "../words.js";

const ADDRESS = `0x${"ab".repeat(20)}`;
const ONE = "0x01";
const TOP = `0x01${"00".repeat(30)}`;

/** Scopes that no grant can have, whatever the grantee. */
const REFUSED: readonly [string, string][] = [
  ["zero", NONE],
  ["kind 0 with trailing bits", ofKind(0, ONE)],
  ["GENERAL with the lowest bit", ofKind(1, ONE)],
  ["GENERAL with the bit below the kind", ofKind(1, TOP)],
  ["PURPOSE without a family", ofKind(2)],
  ["PURPOSE with the bit below the kind", ofKind(2, `${TOP.slice(0, -2)}01`)],
  ["PURPOSE with a bit just above the family", ofKind(2, toBeHex((1n << 32n) | 1n))],
  ["PURPOSE of two families", ofKind(2, toBeHex(purposes("TREAT", "HRESCH")))],
  ["PURPOSE of break-glass", ofKind(2, toBeHex(purposes("BTG")))],
  ["RECORD without a custodian", ofKind(3)],
  ["RECORD with a random part only", ofKind(3, ONE)],
  ["PROGRAMME without a name", ofKind(4)],
  ["EMERGENCY with trailing bits", ofKind(5, ONE)],
  ["an unknown kind", ofKind(6)],
  ["the last kind", ofKind(255)],
];

/** Scopes that every grantee can have. */
const ACCEPTED: readonly [string, string][] = [
  ["GENERAL", GENERAL],
  ["RECORD of any custodian", recordId(ADDRESS, 0n)],
  ["RECORD whose custodian is the lowest address", recordId(zeroPadValue(ONE, 20), 0n)],
  ["PROGRAMME", programmeId("a study")],
  ["PROGRAMME of the lowest name", ofKind(4, ONE)],
];

for (const route of ROUTES) {
  describe(`Scope, ${route.name}`, () => {
    /** Grants one consent of the patient to the clinic, or to another grantee. */
    function granting(suite: Suite, scope: string, purposeBits = GRANTABLE_PURPOSES, grantee: string | null = null) {
      const terms = pack({ purposes: purposeBits });
      return route.grant(suite, [{ grantee: grantee ?? suite.signers.clinic.address, scope, terms }]);
    }

    async function expectTaken(suite: Suite, scope: string, purposeBits = GRANTABLE_PURPOSES, grantee?: string) {
      const { patient, clinic } = suite.signers;
      const sent = await granting(suite, scope, purposeBits, grantee);
      const word = pack({ purposes: purposeBits, issuedAt: await route.stampOf(suite, sent) });
      expect(await suite.consents.termsOf(patient, grantee ?? clinic, scope)).to.equal(word);
    }

    for (const [name, scope] of ACCEPTED) {
      it(`takes ${name}`, async () => {
        const suite = await fixtures.listed();
        await expectTaken(suite, scope);
      });
    }

    for (const [name, scope] of REFUSED) {
      it(`refuses ${name}`, async () => {
        const suite = await fixtures.listed();
        for (const grantee of [suite.signers.clinic.address, ANY_PROVIDER]) {
          await expect(granting(suite, scope, GRANTABLE_PURPOSES, grantee))
            .to.be.revertedWithCustomError(suite.consents, "InvalidScope")
            .withArgs(grantee, scope);
        }
      });
    }

    it("refuses EMERGENCY, which only break-glass writes", async () => {
      const suite = await fixtures.listed();
      await expect(granting(suite, EMERGENCY))
        .to.be.revertedWithCustomError(suite.consents, "EmergencyNotGrantable")
        .withArgs(suite.signers.clinic);
    });

    it("refuses a programme for ANY_PROVIDER, and no other kind", async () => {
      const suite = await fixtures.listed();
      const study = programmeId("a study");
      await expect(granting(suite, study, GRANTABLE_PURPOSES, ANY_PROVIDER))
        .to.be.revertedWithCustomError(suite.consents, "InvalidScope")
        .withArgs(ANY_PROVIDER, study);
      for (const scope of [GENERAL, recordId(ADDRESS), familyScope("TREAT")]) {
        const terms = scope === familyScope("TREAT") ? membersOf("TREAT") : GRANTABLE_PURPOSES;
        await expectTaken(suite, scope, terms, ANY_PROVIDER);
      }
    });

    for (const family of families) {
      it(`takes the family ${family} with all its members and no other purpose`, async () => {
        const suite = await fixtures.listed();
        const scope = familyScope(family);
        await expectTaken(suite, scope, membersOf(family));
        for (const row of purposeRows.filter(({ name }) => name !== "BTG" && familyOf(name) !== family)) {
          const leaving = membersOf(family) | bit(row);
          await expect(granting(suite, scope, leaving), row.name)
            .to.be.revertedWithCustomError(suite.consents, "PurposesOutsideFamily")
            .withArgs(scope, leaving);
        }
      });
    }

    it("refuses PURPOSE of whatever is not the root of a family", async () => {
      const suite = await fixtures.listed();
      for (const root of undefinedBits(purposes(...families), 32)) {
        const scope = ofKind(2, toBeHex(root));
        await expect(granting(suite, scope), scope)
          .to.be.revertedWithCustomError(suite.consents, "InvalidScope")
          .withArgs(suite.signers.clinic, scope);
      }
    });

    it("keeps the words of different scopes apart", async () => {
      const suite = await fixtures.listed();
      const { patient, clinic } = suite.signers;
      await granting(suite, GENERAL);
      for (const [, scope] of ACCEPTED.slice(1)) {
        expect(await suite.consents.termsOf(patient, clinic, scope)).to.equal(0n);
      }
    });
  });
}
