import { expect } from "chai";
import { toBeHex } from "ethers";
import { ethers, inOneBlock, PATIENCE, time } from "../chain.js";
import { nextBlockAt } from "../control/routes.js";
import { broken, BURST, type Emergencies, expectRefused, HOUR, LABS, load, REASON, REFILL } from "./setup.js";

/** Enough for one, and little enough for many in one block. */
const LITTLE = { gasLimit: 300_000 };

/** The time in which one of the burst comes back. Seconds. */
const EACH = REFILL / BURST;

/** The longest window: seven days. */
const LONGEST = 7n * 24n * 3600n;

describe("Break-glass: how often", function () {
  this.timeout(PATIENCE);

  /** Breaks the glass of so many patients in one block, and says how many times it worked. */
  async function burst(world: Emergencies, count: number, at?: bigint, by = world.signers.clinic) {
    const { consents, signers } = world;
    const second = await nextBlockAt(at);
    const receipts = await inOneBlock(() =>
      Array.from({ length: count }, (_, i) =>
        consents.connect(by).breakGlass(signers.clinic, toBeHex(i + 1, 20), LABS, REASON, LITTLE),
      ),
    );
    return { at: second, worked: receipts.filter(({ status }) => status === 1).length };
  }

  const left = ({ consents, signers }: Emergencies, provider = signers.clinic) => consents.emergenciesLeft(provider);

  it("an organization can do it so often in a row, and then no more", async () => {
    const world = await load();
    expect(await left(world)).to.equal(BURST);
    const { worked } = await burst(world, Number(BURST) + 3);
    expect(worked).to.equal(Number(BURST));
    expect(await left(world)).to.equal(0n);
    await expectRefused(world, {}, "TooManyEmergencies", world.signers.clinic);
  });

  it("the number left goes down by one each time, and up again with time", async () => {
    const world = await load();
    const at = await broken(world);
    expect(await left(world)).to.equal(BURST - 1n);
    await broken(world, { at: at + 1n });
    expect(await left(world)).to.equal(BURST - 2n);
    // A fraction of a second's refill is lost each time.
    await time.increaseTo(at + 2n * EACH + 1n);
    expect(await left(world)).to.equal(BURST);
  });

  it("one comes back after its part of the refill, to the second", async () => {
    const world = await load();
    const { at } = await burst(world, Number(BURST));
    await expectRefused(world, { at: at + EACH - 1n }, "TooManyEmergencies", world.signers.clinic);
    await broken(world, { at: at + EACH });
    expect(await left(world)).to.equal(0n);
    await expectRefused(world, { at: at + EACH + 1n }, "TooManyEmergencies", world.signers.clinic);
  });

  it("who is refused loses nothing by it: not by asking too often, nor for another reason", async () => {
    const world = await load();
    const { patient, stranger, clinic } = world.signers;
    await world.consents.connect(patient).setExclusions(patient, LABS);
    await expectRefused(world, {}, "ExcludedFromBreakGlass", patient, LABS);
    await expectRefused(world, { categories: 0n }, "InvalidCategories", 0n);
    await expectRefused(world, { by: stranger }, "NotEmpoweredFor", stranger, clinic, 4);
    expect(await left(world)).to.equal(BURST);
    const { at } = await burst(world, Number(BURST) + 3);
    await broken(world, { at: at + EACH, patient: stranger });
  });

  it("after the whole refill it can again as often, and never oftener, however long it waited", async () => {
    for (const wait of [REFILL, 100n * REFILL]) {
      const world = await load();
      const { at } = await burst(world, Number(BURST));
      await time.increaseTo(at + wait - 1n);
      expect(await left(world)).to.equal(wait === REFILL ? BURST - 1n : BURST);
      expect((await burst(world, Number(BURST) + 3, at + wait)).worked).to.equal(Number(BURST));
    }
  });

  it("within any day it is twice the burst at most: the first and what comes back", async () => {
    const world = await load();
    const { at } = await burst(world, Number(BURST));
    let worked = 0;
    for (let i = 1n; i <= 24n; i++) worked += (await burst(world, 2, at + i * (HOUR + 1n))).worked;
    expect(worked).to.equal(Number(BURST));
  });

  it("members share it with their organization", async () => {
    const world = await load();
    const { member, clinic } = world.signers;
    expect((await burst(world, 12, undefined, member)).worked).to.equal(12);
    expect(await left(world)).to.equal(8n);
    expect((await burst(world, 12)).worked).to.equal(8);
    await expectRefused(world, { by: member }, "TooManyEmergencies", clinic);
  });

  it("other organizations are not affected", async () => {
    const world = await load();
    const { hospital } = world.signers;
    await burst(world, Number(BURST));
    expect(await left(world, hospital)).to.equal(BURST);
    await broken(world, { provider: hospital });
    expect(await left(world, hospital)).to.equal(BURST - 1n);
  });

  it("repeats count, also those that add nothing", async () => {
    const world = await load();
    for (let i = 0n; i < BURST; i++) await broken(world);
    await expectRefused(world, {}, "TooManyEmergencies", world.signers.clinic);
  });

  it("is not given back with the capability", async () => {
    const world = await load();
    const { consortium, clinic } = world.signers;
    await burst(world, Number(BURST));
    await world.providers.connect(consortium).setEmergency(clinic, false);
    await world.providers.connect(consortium).setEmergency(clinic, true);
    await expectRefused(world, {}, "TooManyEmergencies", clinic);
  });

  it("for who has no capability the number left means nothing, but is there", async () => {
    const world = await load();
    expect(await left(world, world.signers.lab)).to.equal(BURST);
  });

  describe("settings", () => {
    const deploy = async ({ providers }: Emergencies, ...settings: [bigint, bigint, bigint]) =>
      ethers.deployContract("ConsentRegistry", [await providers.getAddress(), ...settings]);

    it("none can be 0", async () => {
      const world = await load();
      for (const settings of [
        [0n, 1n, 1n],
        [1n, 0n, 1n],
        [1n, 1n, 0n],
        [0n, 0n, 0n],
        [LONGEST + 1n, 1n, 1n],
      ] satisfies [bigint, bigint, bigint][]) {
        await expect(deploy(world, ...settings))
          .to.be.revertedWithCustomError(world.consents, "InvalidEmergencySettings")
          .withArgs(...settings);
      }
    });

    it("say window and burst; the largest do, too", async () => {
      const world = await load();
      const least = await deploy(world, 1n, 1n, 1n);
      expect([await least.emergencyWindow(), await least.emergenciesLeft(world.signers.clinic)]).to.deep.equal([
        1n,
        1n,
      ]);
      const burst = 2n ** 32n - 1n;
      const most = await deploy(world, LONGEST, burst, 2n ** 48n - 1n);
      expect(await most.emergenciesLeft(world.signers.clinic)).to.equal(burst);
      expect(await world.consents.emergencyWindow()).to.equal(4n * HOUR);
    });
  });
});
