import { expect } from "chai";
import { PATIENCE } from "../chain.js";
import { categories } from "../codes.js";
import { UNTIL_REVOKED } from "../words.js";
import { deliver, nextBlockAt } from "./routes.js";
import { appointment, load, type World } from "./setup.js";
import { type Delivery, stated } from "./stated.js";

const [NOTES, PSY, LABS] = [categories("NOTES"), categories("PSY"), categories("LABS")];

/** What is said, and how many milliseconds after the first. */
type Word = readonly [said: bigint | "dismissal" | readonly [since: bigint, until: bigint], after: bigint];

/** Every order of delivery of the same words leaves the same state, whatever is delivered twice. */
describe("PatientControl: signed words in any order", function () {
  this.timeout(PATIENCE);

  const appointments: Record<string, readonly Word[]> = {
    "the last appointment": [
      [[0n, 5n], 0n],
      [[7n, UNTIL_REVOKED], 1n],
      [[0n, UNTIL_REVOKED], 2n],
    ],
    "a dismissal between": [
      [[0n, UNTIL_REVOKED], 0n],
      ["dismissal", 1n],
      [[1n, UNTIL_REVOKED], 2n],
    ],
    "a dismissal at last": [
      [[0n, UNTIL_REVOKED], 0n],
      ["dismissal", 1n],
      [[1n, UNTIL_REVOKED], 1n],
      ["dismissal", 2n],
    ],
    "a dismissal and appointments of one millisecond": [
      [[0n, 9n], 0n],
      [[0n, UNTIL_REVOKED], 1n],
      ["dismissal", 1n],
      [[3n, UNTIL_REVOKED], 1n],
    ],
    "appointments of one millisecond": [
      [[0n, 9n], 1n],
      [[4n, 8n], 1n],
      [[4n, 9n], 1n],
      [[0n, UNTIL_REVOKED], 0n],
    ],
  };

  for (const [what, words] of Object.entries(appointments)) {
    it(`representatives: ${what}`, async () => {
      const packed = (issuedAt: bigint) =>
        words.map(([said, after]) =>
          said === "dismissal"
            ? appointment(0n, 0n, issuedAt + after)
            : appointment(...(said as [bigint, bigint]), issuedAt + after),
        );
      for (const order of permutations(words)) {
        const { world, issuedAt } = await delivered(order);
        const { patient, spouse } = world;
        const stored = await world.consents.appointmentOf(patient.account, spouse.account);
        const newest = packed(issuedAt).filter((word) => word >> 96n === lastOf(words) + issuedAt);
        expect(stored).to.equal(newest.reduce((a, b) => (a < b ? a : b)));
      }
    });
  }

  const exclusions: Record<string, readonly Word[]> = {
    "the last one": [
      [NOTES, 0n],
      [PSY, 1n],
      [0n, 2n],
    ],
    "two of the last millisecond": [
      [LABS, 0n],
      [PSY, 1n],
      [NOTES, 1n],
    ],
    "nothing and something of the last millisecond": [
      [LABS, 0n],
      [PSY, 1n],
      [0n, 2n],
      [NOTES, 2n],
    ],
  };

  for (const [what, words] of Object.entries(exclusions)) {
    it(`exclusions: ${what}`, async () => {
      for (const order of permutations(words)) {
        const { world, issuedAt } = await delivered(order);
        const [excluded, stamp] = await world.consents.exclusionsOf(world.patient.account);
        const newest = words.filter(([, after]) => after === lastOf(words)).map(([said]) => said as bigint);
        expect([excluded, stamp]).to.deep.equal([newest.reduce((a, b) => a | b), issuedAt + lastOf(words)]);
      }
    });
  }

  it("cancellations: the last stamp counts", async () => {
    for (const order of permutations([0n, 1n, 2n])) {
      const world = await load();
      const issuedAt = (await nextBlockAt()) * 1000n;
      const { patient, consents } = world;
      for (const after of [...order, ...order]) {
        const stamped = { issuedAt: issuedAt + after };
        await deliver(world, stated(world, patient, "cancelRecovery", [patient.account], stamped));
      }
      expect((await consents.guardiansOf(patient.account)).cancelledAt).to.equal(issuedAt + 2n);
    }
  });

  /** Delivers the words in this order, and then all of them again. */
  async function delivered(order: readonly Word[]) {
    const world = await load();
    const issuedAt = (await nextBlockAt()) * 1000n;
    const deliveries = order.map(([said, after]) => statement(world, said, issuedAt + after));
    for (const delivery of [...deliveries, ...deliveries]) await deliver(world, delivery);
    return { world, issuedAt };
  }
});

function statement(world: World, said: Word[0], issuedAt: bigint): Delivery {
  const { patient, spouse } = world;
  const who = [patient.account, spouse.account];
  if (said === "dismissal") return stated(world, patient, "dismissRepresentative", who, { issuedAt });
  if (typeof said === "bigint") return stated(world, patient, "setExclusions", [patient.account, said], { issuedAt });
  return stated(world, patient, "appointRepresentative", [...who, ...said], { issuedAt });
}

function lastOf(words: readonly Word[]): bigint {
  return words.map(([, after]) => after).reduce((a, b) => (a > b ? a : b));
}

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}
