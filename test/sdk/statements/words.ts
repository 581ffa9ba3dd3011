import {
  actionsToBits,
  allActions,
  allCategories,
  allPurposes,
  ANY_PROVIDER,
  categoriesToBits,
  describeScope,
  familyMembers,
  newProgrammeId,
  newRecordId,
  type PurposeFamily,
  purposesToBits,
  type StatedGrant,
  type StatementInput,
} from "@consentry/sdk";
import { getAddress, toBeHex } from "ethers";
import type { Random } from "../../contracts/random.js";

export const PATIENT = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
export const CLINIC = "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC";
export const GENERAL = `0x01${"00".repeat(31)}`;
export const UNTIL_REVOKED = 2n ** 48n - 1n;

/** The fields of a word in bits, as contracts/types/Terms.sol has them. */
export interface Fields {
  categories: bigint;
  purposes: bigint;
  actions: bigint;
  notBefore: bigint;
  expiresAt: bigint;
  conditional: boolean;
}

/** The layout that is written in contracts/types/Terms.sol, for itself. */
export function pack({ categories, purposes, actions, notBefore, expiresAt, conditional }: Fields, stamp = 0n): bigint {
  const times = (notBefore << 104n) | (expiresAt << 152n) | (stamp << 200n);
  return categories | (purposes << 64n) | (actions << 96n) | times | (conditional ? 1n << 248n : 0n);
}

/** Labs for treatment, to see. */
export const LABS: Fields = {
  categories: categoriesToBits(["LABS"]),
  purposes: purposesToBits(["TREAT"]),
  actions: actionsToBits(["access"]),
  notBefore: 0n,
  expiresAt: UNTIL_REVOKED,
  conditional: false,
};

/** A statement of one consent. */
export function stating(fields: Partial<Fields> = {}, grant: Partial<StatedGrant> = {}): StatementInput {
  const terms = pack({ ...LABS, ...fields });
  return {
    patient: PATIENT,
    grants: [{ grantee: CLINIC, scope: GENERAL, terms, ...grant }],
    issuedAt: new Date("2026-11-21T18:01:17.123Z"),
    ...(fields.conditional === true && { document: `0x${"ab".repeat(32)}` }),
  };
}

/** Any statement that could be signed. */
export function someStatement(random: Random): StatementInput {
  const grants = Array.from({ length: 1 + random.below(3) }, () => someGrant(random));
  const conditional = grants.some(({ terms }) => (terms as bigint) >> 248n !== 0n);
  return {
    patient: someAddress(random),
    grants,
    issuedAt: someTime(random, 2n ** 48n),
    ...((conditional || random.chance(30)) && { document: someHex(random, 32) }),
  };
}

function someGrant(random: Random): StatedGrant {
  const grantee = random.chance(15) ? ANY_PROVIDER : someAddress(random);
  const scope = someScope(random);
  const notBefore = scope === GENERAL || random.chance(50) ? 0n : someTime(random, 2n ** 47n);
  const terms = pack({
    categories: categoriesToBits(some(random, allCategories())),
    purposes: purposesToBits(
      some(
        random,
        allPurposes().filter((purpose) => purpose !== "BTG"),
      ),
    ),
    actions: actionsToBits(some(random, allActions())),
    notBefore,
    expiresAt: random.chance(30) ? UNTIL_REVOKED : notBefore + 1n + someTime(random, 2n ** 47n),
    conditional: random.chance(20),
  });
  return { grantee, scope, terms, replaces: random.chance(50) ? 0n : someReplaced(random) };
}

function someReplaced(random: Random): bigint {
  const stamp = 1n + someTime(random, 2n ** 48n - 1n);
  return random.chance(50) ? stamp << 200n : pack(LABS, stamp);
}

function someScope(random: Random): string {
  const families = allPurposes().filter((name) => name !== "BTG" && describeScopeOf(name).kind === "purpose");
  return random.pick([
    GENERAL,
    familyScope(random.pick(families) as PurposeFamily),
    newRecordId(someAddress(random)),
    newProgrammeId(),
  ]);
}

export function familyScope(family: PurposeFamily): string {
  return `0x02${toBeHex(purposesToBits([family]), 31).slice(2)}`;
}

function describeScopeOf(name: string) {
  return familyMembers(name as PurposeFamily).length === 0
    ? { kind: "unknown" }
    : describeScope(familyScope(name as PurposeFamily));
}

function some<Item>(random: Random, items: readonly Item[]): Item[] {
  const percent = random.pick([5, 50, 100]);
  const chosen = items.filter(() => random.chance(percent));
  return chosen.length > 0 ? chosen : [random.pick(items)];
}

function someTime(random: Random, limit: bigint): bigint {
  const wide = (BigInt(random.below(2 ** 24)) << 24n) | BigInt(random.below(2 ** 24));
  return random.pick([wide, 1_800_000_000n + (wide & 0xfffffn), wide >> 8n]) % limit;
}

function someAddress(random: Random): string {
  return getAddress(someHex(random, 20));
}

function someHex(random: Random, bytes: number): string {
  return `0x${Array.from({ length: bytes }, () => (1 + random.below(255)).toString(16).padStart(2, "0")).join("")}`;
}
