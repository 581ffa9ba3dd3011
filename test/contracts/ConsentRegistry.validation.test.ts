import { expect } from "chai";
import { nextTime } from "./chain.js";
import { ALL_ACTIONS, ALL_CATEGORIES, ALL_PURPOSES, BTG, bitsOf, GRANTABLE_PURPOSES, undefinedBits } from "./codes.js";
import { fixtures } from "./fixtures.js";
import { ROUTES } from "./routes.js";
import type { Item } from "./signing.js";
import {
  ANY_PROVIDER,
  CONDITIONAL,
  GENERAL,
  NOBODY,
  NONE,
  pack,
  recordId,
  type Terms,
  tombstone,
  unpack,
  UNTIL_REVOKED,
} from "./words.js";

/** A field of terms that is a bitmask: what is defined, what goes with it, and what the error is called. */
interface Mask {
  field: "categories" | "purposes" | "actions" | "flags";
  width: number;
  defined: bigint;
  error: string;
}

const MASKS: readonly Mask[] = [
  { field: "categories", width: 64, defined: ALL_CATEGORIES, error: "InvalidCategories" },
  { field: "purposes", width: 32, defined: ALL_PURPOSES, error: "InvalidPurposes" },
  { field: "actions", width: 8, defined: ALL_ACTIONS, error: "InvalidActions" },
  { field: "flags", width: 8, defined: CONDITIONAL, error: "InvalidFlags" },
];

/** A scope for the terms: a GENERAL grant has no start. */
const scopeOf = ({ notBefore = 0n }: Partial<Terms>) => (notBefore === 0n ? GENERAL : recordId(ANY_PROVIDER));

for (const route of ROUTES) {
  describe(`ConsentRegistry: what can be granted, ${route.name}`, () => {
    async function world() {
      const suite = await fixtures.listed();
      const { consents, signers } = suite;
      const { patient, clinic } = signers;
      const grantOne = (item: Item, evidence?: string) => route.grant(suite, [item], evidence);
      const grant = (changes: Partial<Terms>, evidence?: string) => {
        return grantOne({ grantee: clinic.address, scope: scopeOf(changes), terms: pack(changes) }, evidence);
      };
      const expectTaken = async (changes: Partial<Terms>, evidence?: string) => {
        await grant(changes, evidence);
        const stored = await consents.termsOf(patient, clinic, scopeOf(changes));
        expect(pack({ ...unpack(stored), issuedAt: 0n })).to.equal(pack(changes));
      };
      return { consents, patient, clinic, grant, grantOne, expectTaken };
    }

    for (const { field, width, defined, error } of MASKS) {
      describe(field, () => {
        it("refuses every undefined bit, alone and beside the defined ones", async () => {
          const { consents, grant } = await world();
          const undefinedOnes = undefinedBits(defined, width);
          expect(undefinedOnes).not.to.deep.equal([]);
          for (const single of undefinedOnes) {
            for (const bits of field === "flags"
              ? [single, single | defined]
              : [single, single | defined, single | 1n]) {
              await expect(grant({ [field]: bits }), `${bits}`)
                .to.be.revertedWithCustomError(consents, error)
                .withArgs(bits);
            }
          }
        });

        it("takes every defined bit alone", async () => {
          const { expectTaken } = await world();
          const grantable = field === "purposes" ? GRANTABLE_PURPOSES : defined;
          for (const bits of bitsOf(grantable)) {
            await expectTaken({ [field]: bits });
          }
        });

        if (field !== "flags") {
          it("refuses none at all", async () => {
            const { consents, grant } = await world();
            await expect(grant({ [field]: 0n }))
              .to.be.revertedWithCustomError(consents, error)
              .withArgs(0n);
          });
        }
      });
    }

    it("refuses break-glass, alone and among others", async () => {
      const { consents, grant } = await world();
      for (const purposes of [BTG, BTG | 1n, ALL_PURPOSES]) {
        await expect(grant({ purposes }))
          .to.be.revertedWithCustomError(consents, "BreakGlassNotGrantable")
          .withArgs(purposes);
      }
    });

    it("refuses terms that come with a stamp", async () => {
      const { consents, grant } = await world();
      for (const issuedAt of [1n, UNTIL_REVOKED]) {
        await expect(grant({ issuedAt })).to.be.revertedWithCustomError(consents, "UnexpectedStamp").withArgs(issuedAt);
      }
    });

    it("refuses a word of zero, and a tombstone, as terms", async () => {
      const { consents, clinic, grantOne } = await world();
      for (const terms of [0n, tombstone(1n)]) {
        await expect(grantOne({ grantee: clinic.address, scope: GENERAL, terms }))
          .to.be.revertedWithCustomError(consents, "InvalidCategories")
          .withArgs(0n);
      }
    });

    it("refuses zero and the patient as grantee", async () => {
      const { consents, patient, grantOne } = await world();
      for (const grantee of [NOBODY, patient.address]) {
        await expect(grantOne({ grantee, scope: GENERAL, terms: pack() }))
          .to.be.revertedWithCustomError(consents, "InvalidGrantee")
          .withArgs(patient, grantee);
      }
    });

    it("takes conditional terms only with a document, or with evidence that may contain one", async () => {
      const { consents, clinic, grant, expectTaken } = await world();
      await expect(grant({ flags: CONDITIONAL }, NONE))
        .to.be.revertedWithCustomError(consents, "ConditionalWithoutDocument")
        .withArgs(clinic, GENERAL);
      await expectTaken({ flags: CONDITIONAL });
      await expectTaken({}, NONE);
    });

    describe("the period", () => {
      // Seconds from the time of the block.
      const refused: readonly [string, bigint | null, bigint, "InvalidPeriod" | "AlreadyExpired"][] = [
        ["ends when it starts", 100n, 100n, "InvalidPeriod"],
        ["ends before it starts", 101n, 100n, "InvalidPeriod"],
        ["ended a second ago", null, -1n, "AlreadyExpired"],
        ["ends now", null, 0n, "AlreadyExpired"],
        ["started before and ends now", -100n, 0n, "AlreadyExpired"],
      ];
      for (const [name, start, end, error] of refused) {
        it(`${error === "AlreadyExpired" && route.name === "signed" ? "may be one that" : "is refused if it"} ${name}`, async () => {
          const { consents, grant } = await world();
          const now = await nextTime();
          const [notBefore, expiresAt] = [start === null ? 0n : now + start, now + end];
          const granting = expect(grant({ notBefore, expiresAt }));
          if (error === "InvalidPeriod") {
            await granting.to.be.revertedWithCustomError(consents, error).withArgs(notBefore, expiresAt);
          } else if (route.name === "signed") {
            // It may narrow what stands.
            await granting.to.emit(consents, "ConsentGranted");
          } else {
            await granting.to.be.revertedWithCustomError(consents, error).withArgs(expiresAt, now);
          }
        });
      }

      it("is refused if it ends at 0 or never begins", async () => {
        const { consents, grant } = await world();
        for (const [notBefore, expiresAt] of [
          [0n, 0n],
          [UNTIL_REVOKED, UNTIL_REVOKED],
          [1n, 1n],
        ] as const) {
          await expect(grant({ notBefore, expiresAt }))
            .to.be.revertedWithCustomError(consents, "InvalidPeriod")
            .withArgs(notBefore, expiresAt);
        }
      });

      const taken: readonly [string, bigint, bigint][] = [
        ["ends in a second", -1n, 1n],
        ["lasts one second and starts later", 100n, 101n],
        ["started before", -100n, 100n],
      ];
      for (const [name, start, end] of taken) {
        it(`may be one that ${name}`, async () => {
          const { expectTaken } = await world();
          const now = await nextTime();
          await expectTaken({ notBefore: now + start, expiresAt: now + end });
        });
      }

      it("may start in the last second before what never ends", async () => {
        const { expectTaken } = await world();
        await expectTaken({ notBefore: UNTIL_REVOKED - 1n });
      });

      for (const whose of ["clinic", "ANY_PROVIDER"] as const) {
        it(`has no start of its own in the GENERAL scope: ${whose}`, async () => {
          const { consents, clinic, grantOne } = await world();
          const now = await nextTime();
          const grantee = whose === "clinic" ? clinic.address : ANY_PROVIDER;
          for (const notBefore of [1n, now - 1n, now, now + 1n, UNTIL_REVOKED - 1n]) {
            await expect(grantOne({ grantee, scope: GENERAL, terms: pack({ notBefore }) }))
              .to.be.revertedWithCustomError(consents, "StartNotGrantable")
              .withArgs(grantee, notBefore);
          }
        });
      }
    });
  });
}
