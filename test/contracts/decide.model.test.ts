import { expect } from "chai";
import { getAddress, type Log } from "ethers";
import { ethers, time } from "./chain.js";
import { historyOf, type Touched } from "./history.js";
import { randomOf, SEED } from "./random.js";
import { SCOPES } from "./random.words.js";
import { exclusionsName, toldBy, voidName, wordName } from "./replay.js";
import { ANY_PROVIDER, DECISIONS, EMERGENCY, outcome } from "./words.js";

const STEPS = 10_000;
const QUESTIONS = 6;

/** The time that all of it may take on a machine that has much else to do. Milliseconds. */
const PATIENCE = 300_000;

/** Says how often each name came up. */
class Tally extends Map<string, number> {
  count(name: string): void {
    this.set(name, (this.get(name) ?? 0) + 1);
  }
}

describe(`a history of ${STEPS} steps, seed ${SEED}`, () => {
  const random = randomOf(SEED);
  const { below, chance } = random;
  /** What the events told until now. */
  const replayed = new Map<string, bigint>();
  const seen = { decisions: new Tally(), events: new Tally(), glass: new Tally() };
  let history: Awaited<ReturnType<typeof historyOf>>;

  /** Every event must change what the ones before told; but breaking the glass counts, even where it opens nothing more. */
  async function replay(hash: string) {
    const { consents } = history.suite;
    const { logs } = (await ethers.provider.send("eth_getTransactionReceipt", [hash])) as { logs: Log[] };
    for (const log of logs.filter(({ address }) => getAddress(address) === consents.target)) {
      const { event, name, value } = toldBy(consents.interface, log)!;
      if (event !== "GlassBroken") expect(replayed.get(name) ?? 0n, name).not.to.equal(value);
      replayed.set(name, value);
      seen.events.count(event);
    }
  }

  /** What may have changed is as the model has it, and as the events told. */
  async function expectStored(touched: readonly Touched[], where: string) {
    for (const { whose, grantee, scope } of touched) {
      const stored = await whose.reader.word(grantee, scope);
      expect(stored, where).to.equal(whose.model.stored(grantee, scope));
      expect(replayed.get(wordName(whose.address, grantee, scope)) ?? 0n, where).to.equal(stored);
    }
    for (const { address, model, reader } of history.patients) {
      const voidBefore = await reader.voidBefore();
      expect(voidBefore, where).to.equal(model.voidBefore);
      expect(replayed.get(voidName(address)) ?? 0n, where).to.equal(voidBefore);
    }
  }

  async function expectAnswers(second: bigint, where: string) {
    const questions = Array.from({ length: QUESTIONS }, () => history.question(second));
    const answers = await history.suite.consents.decideMany(questions.map(({ asked }) => asked));
    for (const [i, { expected }] of questions.entries()) {
      expect(outcome(answers[i]!), `${where}, question ${i}`).to.deep.equal(expected);
      seen.decisions.count(expected.decision);
    }
    if (!chance(30)) return;
    const glass = await history.glass(second);
    if (!glass) return;
    expect(glass.told, where).to.equal(glass.expected);
    seen.glass.count(`${glass.expected}`);
  }

  before(async function () {
    this.timeout(PATIENCE);
    history = await historyOf(random);
    let steps = 0;
    for (let number = 0; steps < STEPS; number++) {
      const pause = chance(70) ? below(20) : chance(80) ? below(600) : below(5 * 3600);
      const second = BigInt((await time.latest()) + 1 + pause);
      const where = `seed ${SEED}, block ${number}`;
      if (chance(12)) {
        await replay((await history.interlude(second)).hash);
        steps++;
        await expectStored([], where);
      } else {
        const block = await history.block(second);
        await replay(block.hash);
        steps += block.steps;
        await expectStored(block.touched, where);
      }
      await expectAnswers(second, where);
    }
  });

  it("leaves in every place what the model has and the events told, and nothing elsewhere", async () => {
    const names: string[] = [];
    for (const whose of history.patients) {
      const { address, model } = whose;
      const places = [ANY_PROVIDER, ...history.holders].flatMap((grantee) =>
        [...SCOPES, EMERGENCY].map((scope) => ({ whose, grantee, scope })),
      );
      await expectStored(places, `seed ${SEED}`);
      const [categories, issuedAt] = await history.suite.consents.exclusionsOf(address);
      expect({ categories, issuedAt }).to.deep.equal(model.exclusions);
      expect(replayed.get(exclusionsName(address))).to.equal(categories | (issuedAt << 64n));
      names.push(voidName(address), exclusionsName(address));
      names.push(...places.map(({ grantee, scope }) => wordName(address, grantee, scope)));
    }
    expect(names).to.include.members([...replayed.keys()]);
  }).timeout(PATIENCE);

  it("leads to every decision and every event that words can lead to, or the comparison would show little", () => {
    const elsewhere = ["PermitCustodian", "InvalidRequest"];
    expect([...seen.decisions.keys()]).to.have.members(DECISIONS.filter((name) => !elsewhere.includes(name)));
    expect([...seen.events.keys()]).to.have.members([
      ...["ConsentGranted", "ConsentRevoked", "ConsentRestarted", "AllRevoked", "GlassBroken", "ExclusionsChanged"],
    ]);
    expect([...seen.glass.keys()]).to.have.members(["true", "false"]);
  });
});
