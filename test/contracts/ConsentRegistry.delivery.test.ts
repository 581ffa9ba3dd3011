import { expect } from "chai";
import { batcherOf, readerOf } from "./calls.js";
import { ethers, networkHelpers, PATIENCE, time } from "./chain.js";
import { purposes } from "./codes.js";
import { fixtures } from "./fixtures.js";
import { Patient } from "./model.js";
import { randomOf, SEED } from "./random.js";
import { type Delivery, speakerOf } from "./signing.js";
import { ANY_PROVIDER, GENERAL, pack, recordId, type Terms, unpack } from "./words.js";

/** A statement, and when it was signed, in milliseconds from a common start. */
interface Signed {
  name: string;
  at: bigint;
  said:
    | readonly ["grant", holder: "own" | "any", scope: string, terms?: Partial<Terms>]
    | readonly ["revoke", holder: "own" | "any", scope: string]
    | readonly ["revokeAll"];
}

const RECORD = recordId(ANY_PROVIDER);

/** Statements that compete: in one place, about one grantee, in one second, with one stamp. */
const CORE: readonly Signed[] = [
  { name: "record", at: 1000n, said: ["grant", "own", RECORD] },
  { name: "GENERAL", at: 2000n, said: ["grant", "own", GENERAL] },
  { name: "no GENERAL", at: 2500n, said: ["revoke", "own", GENERAL] },
  { name: "record in that second", at: 2700n, said: ["grant", "own", RECORD, { actions: 3n }] },
  { name: "revokeAll", at: 3000n, said: ["revokeAll"] },
  { name: "GENERAL again", at: 4000n, said: ["grant", "own", GENERAL, { actions: 3n }] },
  { name: "no GENERAL, with its stamp", at: 4000n, said: ["revoke", "own", GENERAL] },
  { name: "a smaller GENERAL, with its stamp", at: 4000n, said: ["grant", "own", GENERAL, { actions: 1n }] },
];

const FURTHER: readonly Signed[] = [
  { name: "no record", at: 2700n, said: ["revoke", "own", RECORD] },
  { name: "any record", at: 3000n, said: ["grant", "any", RECORD] },
  { name: "any GENERAL", at: 3001n, said: ["grant", "any", GENERAL, { purposes: purposes("TREAT") }] },
  { name: "no any GENERAL", at: 3999n, said: ["revoke", "any", GENERAL] },
  { name: "revokeAll again", at: 4000n, said: ["revokeAll"] },
];

/** What concerns one GENERAL word. */
const ONE_PLACE: readonly Signed[] = [
  ...CORE.filter(({ said }) => said[2] === GENERAL),
  { name: "no GENERAL, in the last second", at: 3999n, said: ["revoke", "own", GENERAL] },
];

type Send = Awaited<ReturnType<typeof batcherOf>>["send"];

/** Every choice of so many of the items, in their order. */
function choices<Item>(items: readonly Item[], size: number): Item[][] {
  if (size === 0) return [[]];
  return items.flatMap((item, i) => choices(items.slice(i + 1), size - 1).map((rest) => [item, ...rest]));
}

function permutations<Item>(items: readonly Item[]): Item[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]));
}

/** Whether nothing is lost without the other: this one is later, of the same place, and as much of a refusal. */
function supersedes({ at, said }: Signed, other: Signed): boolean {
  const [verb, holder, scope] = said;
  const [otherVerb, otherHolder, otherScope] = other.said;
  if (at <= other.at || holder !== otherHolder || scope !== otherScope) return false;
  return verb === otherVerb || scope !== GENERAL || otherVerb === "grant";
}

describe("ConsentRegistry: the order in which signed words are delivered", () => {
  async function world() {
    const suite = await fixtures.listed();
    const { patient, clinic } = suite.signers;
    const holders = { own: clinic.address, any: ANY_PROVIDER };
    const start = (BigInt(await time.latest()) + 10n) * 1000n;
    await time.increase(100);
    const speaker = await speakerOf(suite);
    const [batcher, reader] = [await batcherOf(suite), await readerOf(suite, patient.address)];

    const terms = (said: Signed["said"]) => unpack(pack({ ...(said[0] === "grant" && said[3]) }));
    const sign = ({ at, said }: Signed): Promise<Delivery> => {
      if (said[0] === "revokeAll") return speaker.revokeAll(start + at);
      const place = { grantee: holders[said[1]], scope: said[2] };
      if (said[0] === "revoke") return speaker.revoke(start + at, [place]);
      return speaker.grant(start + at, [{ ...place, terms: pack(terms(said)) }]);
    };
    /** Each statement as a call to deliver it. */
    const encoded = async (alphabet: readonly Signed[]) => {
      const signatures = await Promise.all(alphabet.map(sign));
      return new Map(alphabet.map((one, i) => [one, batcher.encode(signatures[i]!)]));
    };
    const places = (["own", "any"] as const).flatMap((holder) =>
      [GENERAL, RECORD].map((scope) => [holders[holder], scope] as const),
    );
    const stored = () =>
      Promise.all([reader.voidBefore(), ...places.map(([holder, scope]) => reader.word(holder, scope))]);
    /** The model, told in the order in which it was said. */
    const expected = (set: readonly Signed[]) => {
      const model = new Patient(patient.address);
      for (const { at, said } of set.toSorted((a, b) => Number(a.at - b.at))) {
        if (said[0] === "revokeAll") model.hearRevokeAll(start + at);
        else model.hear(start + at, holders[said[1]], said[2], said[0] === "grant" ? terms(said) : undefined);
      }
      return [model.voidBefore, ...places.map(([holder, scope]) => model.stored(holder, scope))];
    };
    const snapshot = await networkHelpers.takeSnapshot();
    return { send: batcher.send, encoded, stored, expected, snapshot };
  }

  /** Delivers every choice in every order; each order by `deliver`. Returns how many orders there were. */
  async function everyOrder(
    alphabet: readonly Signed[],
    sizes: readonly number[],
    deliver: (calls: readonly string[], send: Send) => Promise<unknown>,
  ): Promise<number> {
    const { send, encoded, stored, expected, snapshot } = await world();
    const calls = await encoded(alphabet);
    let orders = 0;
    for (const set of sizes.flatMap((size) => choices(alphabet, size))) {
      const should = expected(set);
      for (const order of permutations(set)) {
        await snapshot.restore();
        await deliver(
          order.map((one) => calls.get(one)!),
          send,
        );
        expect(await stored(), order.map(({ name }) => name).join(", ")).to.deep.equal(should);
        orders++;
      }
    }
    return orders;
  }

  const inOneBlock: Parameters<typeof everyOrder>[2] = (calls, send) => send(calls);
  const inBlocks: Parameters<typeof everyOrder>[2] = async (calls, send) => {
    for (const call of calls) await send([call]);
  };

  it("in one block: every order of every four of eight", async () => {
    expect(await everyOrder(CORE, [1, 2, 3, 4], inOneBlock)).to.equal(8 + 56 + 336 + 1680);
  }).timeout(PATIENCE);

  it("in one block: every order of every three of thirteen", async () => {
    expect(await everyOrder([...CORE, ...FURTHER], [2, 3], inOneBlock)).to.equal(156 + 1716);
  }).timeout(PATIENCE);

  it("in one block: every order of every five of six about one word", async () => {
    expect(await everyOrder(ONE_PLACE, [5], inOneBlock)).to.equal(720);
  }).timeout(PATIENCE);

  it("in blocks of their own: every order of every three of eight", async () => {
    expect(await everyOrder(CORE, [3], inBlocks)).to.equal(336);
  }).timeout(PATIENCE);

  it("without those that a later one took the place of: the same", async () => {
    const alphabet = [...CORE, ...FURTHER];
    const { send, encoded, stored, expected, snapshot } = await world();
    const calls = await encoded(alphabet);
    let omitted = 0;
    for (const set of choices(alphabet, 4)) {
      const needed = set.filter((one) => !set.some((other) => supersedes(other, one)));
      if (needed.length === set.length) continue;
      omitted++;
      await snapshot.restore();
      await send(needed.toReversed().map((one) => calls.get(one)!));
      expect(await stored(), needed.map(({ name }) => name).join(", ")).to.deep.equal(expected(set));
    }
    expect(omitted).to.be.greaterThan(300);
  }).timeout(PATIENCE);

  it("again, in any order: nothing changes and nothing is told", async () => {
    const { below } = randomOf(SEED);
    const again: Parameters<typeof everyOrder>[2] = async (calls, send) => {
      await send(calls);
      const repeated = Array.from({ length: 6 }, () => calls[below(calls.length)]!);
      const receipt = await ethers.provider.getTransactionReceipt(await send(repeated));
      expect(receipt?.logs).to.deep.equal([]);
    };
    expect(await everyOrder(CORE, [3], again)).to.equal(336);
  }).timeout(PATIENCE);
});
