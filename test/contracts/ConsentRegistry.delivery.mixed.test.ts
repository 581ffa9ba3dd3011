import { expect } from "chai";
import { batcherOf, encode, readerOf, representative } from "./calls.js";
import { networkHelpers, PATIENCE, stampOf, time } from "./chain.js";
import { fixtures } from "./fixtures.js";
import { Patient } from "./model.js";
import { randomOf, SEED } from "./random.js";
import { speakerOf } from "./signing.js";
import {
  concerning,
  granted,
  NARROWER,
  type Place,
  PLACES,
  revokeAll,
  type Said,
  sequences,
  stageOf,
  WIDEST,
} from "./story.js";
import { pack } from "./words.js";

/**
 * A patient says one thing after another, each in a second of its own, some directly and some by signature. What is signed
 * arrives in its own block or in a later one, amid what was said since; and yet what is alive follows from the order in which
 * it was said, and from nothing else.
 */

/** Seconds between two words. */
const PAUSE = 10n;
const RANDOM_STORIES = 350;

/** What is said, and in which block it arrives: that of its own place in the story if it is said directly. */
interface Told {
  said: Said;
  directly: boolean;
  arrives: number;
}

const NARROW = NARROWER[0]!;
const TWO_PLACES = [NARROW, WIDEST[0]!];

/** The story with everything signed, and delivered in one block at its end. */
const signedOnly = (story: readonly Said[]): Told[] =>
  story.map((said) => ({ said, directly: false, arrives: story.length }));

/** A story told in every way: each word directly, or signed and delivered in its own block or any later one. */
function everyWay(story: readonly Said[]): Told[][] {
  const ways = (said: Said, i: number): Told[] => [
    { said, directly: true, arrives: i },
    ...Array.from({ length: story.length - i + 1 }, (_, later) => ({ said, directly: false, arrives: i + later })),
  ];
  return story.reduce<Told[][]>(
    (told, said, i) => told.flatMap((before) => ways(said, i).map((way) => [...before, way])),
    [[]],
  );
}

function permutations(size: number): number[][] {
  if (size === 0) return [[]];
  return permutations(size - 1).flatMap((order) =>
    Array.from({ length: size }, (_, i) => order.toSpliced(i, 0, size - 1)),
  );
}

describe("ConsentRegistry: signed and direct words in one story", () => {
  async function world() {
    const suite = await fixtures.listed();
    await representative(suite);
    const patient = suite.signers.patient.address;
    const { call, living, holders, scopes, terms } = stageOf(suite, patient);
    const [speaker, batcher, reader] = [await speakerOf(suite), await batcherOf(suite), await readerOf(suite, patient)];
    const start = BigInt(await time.latest()) + 100n;
    const second = (i: number) => start + BigInt(i) * PAUSE;

    const signatures = new Map<string, string>();
    /** What the patient signs in the middle of a second. */
    const sign = async (said: Said, i: number) => {
      const name = `${said.join(" ")} ${i}`;
      const issuedAt = second(i) * 1000n + 500n;
      if (!signatures.has(name)) signatures.set(name, batcher.encode(await signed(said, issuedAt)));
      return signatures.get(name)!;
    };
    const signed = (said: Said, issuedAt: bigint) => {
      if (said[0] === "revokeAll") return speaker.revokeAll(issuedAt);
      const place = { grantee: holders[said[1]], scope: scopes[said[2]] };
      if (said[0] === "revoke") return speaker.revoke(issuedAt, [place]);
      return speaker.grant(issuedAt, [{ ...place, terms: pack(terms(said[2])) }]);
    };
    const direct = (said: Said) => {
      const [name, args] = encode(patient, call(said));
      return Promise.resolve(batcher.encode({ name, args }));
    };

    const snapshot = await networkHelpers.takeSnapshot();
    /** Tells a story to its end, block by block. What arrives in one block does so in this order. */
    const tell = async (story: readonly Told[], order: readonly number[]) => {
      await snapshot.restore();
      for (let block = 0; block <= story.length; block++) {
        const arriving = order.filter((i) => story[i]!.arrives === block);
        if (arriving.length === 0) continue;
        await time.setNextBlockTimestamp(second(block));
        const calls = arriving.map((i) => (story[i]!.directly ? direct(story[i]!.said) : sign(story[i]!.said, i)));
        await batcher.send(await Promise.all(calls));
      }
    };
    /** All words of the places as stored, and as the model has them that heard each when it was said. */
    const stored = (places: readonly Place[]) =>
      Promise.all([
        reader.voidBefore(),
        ...places.map(([holder, scope]) => reader.word(holders[holder], scopes[scope])),
      ]);
    const expected = (story: readonly Told[], places: readonly Place[]) => {
      const model = new Patient(patient);
      for (const [i, { said, directly }] of story.entries()) hear(model, said, i, directly);
      return [model.voidBefore, ...places.map(([holder, scope]) => model.stored(holders[holder], scopes[scope]))];
    };
    const hear = (model: Patient, said: Said, i: number, directly: boolean) => {
      const [now, issuedAt] = [stampOf(second(i)), second(i) * 1000n + 500n];
      if (said[0] === "revokeAll") {
        if (directly) model.revokeAll(now);
        else model.hearRevokeAll(issuedAt);
        return;
      }
      const [verb, holder, scope] = said;
      const place = [holders[holder], scopes[scope]] as const;
      if (!directly) model.hear(issuedAt, ...place, verb === "grant" ? terms(scope) : undefined);
      else if (verb === "grant") model.grant(now, ...place, terms(scope));
      else model.refuse(now, ...place);
    };
    /** Tells it, and compares with the model, and with what the order of saying alone makes alive. */
    const expectOrder = async (story: readonly Told[], order: readonly number[], places: readonly Place[]) => {
      await tell(story, order);
      const name = `${JSON.stringify(story)} in the order ${order.join()}`;
      const said = story.map((told) => told.said);
      expect(await living(places), name).to.deep.equal(places.filter((place) => granted(said, place)));
      expect(await stored(places), name).to.deep.equal(expected(story, places));
    };
    return { expectOrder };
  }

  it("all signed: every sequence of up to 3 calls about the own record, delivered in every order", async () => {
    const { expectOrder } = await world();
    let orders = 0;
    for (const story of sequences(concerning(NARROW), 3)) {
      for (const order of permutations(story.length)) {
        await expectOrder(signedOnly(story), order, TWO_PLACES);
        orders++;
      }
    }
    expect(orders).to.equal(5 + 25 * 2 + 125 * 6);
  }).timeout(PATIENCE);

  it(`all signed: every sequence of 4, delivered backwards and at random, seed ${SEED}`, async () => {
    const { pick } = randomOf(SEED);
    const { expectOrder } = await world();
    const stories = sequences(concerning(NARROW), 4).filter(({ length }) => length === 4);
    expect(stories.length).to.equal(625);
    for (const story of stories) {
      for (const order of [[3, 2, 1, 0], pick(permutations(4))]) {
        await expectOrder(signedOnly(story), order, TWO_PLACES);
      }
    }
  }).timeout(PATIENCE);

  it("signed and direct: every sequence of 2 calls, told in every way and delivered in either order", async () => {
    const { expectOrder } = await world();
    const told = sequences(concerning(NARROW), 2).flatMap(everyWay);
    expect(told.length).to.equal(5 * 3 + 25 * 12);
    for (const story of told) {
      for (const order of permutations(story.length)) await expectOrder(story, order, TWO_PLACES);
    }
  }).timeout(PATIENCE);

  it(`signed and direct: ${RANDOM_STORIES} longer stories about everything, seed ${SEED}`, async () => {
    const { below, pick, chance } = randomOf(SEED);
    const { expectOrder } = await world();
    const said = (): Said => {
      if (chance(12)) return revokeAll;
      const [holder, scope] = chance(45) ? pick(WIDEST) : pick(NARROWER);
      return [chance(60) ? "grant" : "revoke", holder, scope];
    };
    for (let i = 0; i < RANDOM_STORIES; i++) {
      const length = 3 + below(6);
      const story = Array.from({ length }, (_, at): Told => {
        const directly = chance(40);
        return { said: said(), directly, arrives: directly ? at : at + below(length - at + 1) };
      });
      const order = story.map((_, at) => at).sort(() => (chance(50) ? 1 : -1));
      await expectOrder(story, order, PLACES);
    }
  }).timeout(PATIENCE);
});
