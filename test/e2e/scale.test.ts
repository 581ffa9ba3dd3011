import { expect } from "chai";
import { type Chain, type Day, playDay } from "../../scripts/scale/busyDay.js";
import { GAS, gasOfYear, HOURS, type Kind, WORKING_DAYS, YEARLY } from "../../scripts/scale/people.js";
import { capacity, FULL, planOf } from "../../scripts/scale/table.js";
import { start } from "./support/command.js";

const CHAIN: Chain = { blockGas: 30_000_000, blockTime: 2 };
const day = (changes: Partial<Day> = {}) =>
  playDay({ people: 1_000_000, way: "anchored", chain: CHAIN, seed: 1, ...changes });

/** Chai's own `closeTo` is replaced by one for whole numbers where contracts are tested in the same process. */
function near(value: number, expected: number, delta: number): void {
  expect(Math.abs(value - expected), `${value} is not near ${expected}`).to.be.at.most(delta);
}

describe("the simulation of a busy day", () => {
  it("plays a whole day's work, and the same one for the same seed", () => {
    expect(HOURS).to.have.length(24);
    near(
      HOURS.reduce((sum: number, share) => sum + share, 0),
      1,
      1e-9,
    );
    expect(day()).to.deep.equal(day());
    expect(day({ seed: 2 })).to.not.deep.equal(day());
  });

  it("asks for as much gas as the people's year has", () => {
    const kinds = Object.keys(YEARLY) as Kind[];
    const year = kinds.reduce((sum, kind) => sum + YEARLY[kind] * GAS.anchored[kind], 0);
    expect(gasOfYear("anchored")).to.equal(year);
    const expected = ((1_000_000 * year) / WORKING_DAYS) * Math.max(...HOURS);
    near(day().busiest * 1_800 * CHAIN.blockGas, expected, expected * 0.03);
    near(day({ people: 2_000_000 }).busiest, 2 * day().busiest, 0.05 * day().busiest);
    expect(gasOfYear("each logged")).to.be.greaterThan(2 * gasOfYear("anchored"));
  });

  it("takes everything with the next block while there is room, half a block's time later on average", () => {
    expect(day()).to.include({ half: 1, most: 1, longest: 1, left: 0 });
    expect(day({ chain: { blockGas: 15_000_000, blockTime: 1 } })).to.include({ half: 0.5, longest: 0.5 });
  });

  it("lets a queue stand where the busiest hour is over the top, which clears, or does not", () => {
    const over = day({ people: 80_000_000 });
    expect(over.busiest).to.be.greaterThan(1);
    expect(over.left).to.equal(0);
    expect(over.longest).to.be.greaterThan(60);
    expect(over.half).to.be.lessThan(over.most);
    const lost = day({ people: 330_000_000 });
    expect(lost.left).to.be.greaterThan(0);
    expect(lost.longest).to.be.greaterThan(over.longest);
  });

  it("loses nobody: what was asked for was taken, or waits", () => {
    const people = 330_000_000;
    const work = (people * gasOfYear("anchored")) / WORKING_DAYS;
    const room = 1_800 * CHAIN.blockGas;
    const waiting = HOURS.reduce((before: number, share) => Math.max(0, before + share * work - room), 0);
    expect(waiting).to.be.greaterThan(work / 2);
    near(day({ people }).left, waiting, work * 0.005);
  });

  it("needs as many chains as keep each half full at most", () => {
    const most = capacity("anchored", CHAIN, 1);
    expect(planOf("", most, "anchored", CHAIN, 1).chains).to.equal(1);
    const { chains, each } = planOf("", most + 1, "anchored", CHAIN, 1);
    expect(chains).to.equal(2);
    near(each.busiest, FULL / 2, 0.01);
    for (const people of [1e6, 5e7, 3e8]) {
      expect(planOf("", people, "each logged", CHAIN, 1).each.busiest).to.be.at.most(FULL * 1.01);
    }
  });

  it("is a command, which refuses what is no number", async () => {
    const run = (...args: string[]) => start("simulateScale.ts", args, {}).outcome;
    const [good, bad] = await Promise.all([run("--people", "12000000"), run("--block-gas", "many")]);
    expect(good.stdout).to.match(/12000000 people +anchored +\d+ %/);
    expect(good.code).to.equal(0);
    expect(bad).to.include({ code: 1, stdout: "" });
    expect(bad.stderr).to.contain("--block-gas is a number above 0, not many.");
  });
});
