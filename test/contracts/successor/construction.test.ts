import { expect } from "chai";
import { ethers } from "../chain.js";
import { BURST, REFILL, WINDOW } from "../emergency/setup.js";
import { NOBODY } from "../words.js";
import { LINES } from "./setup.js";

describe("ConsentRegistrySuccessor: construction", () => {
  const [next, nextButOne] = LINES;
  const create = async (predecessor: string, changes: { window?: bigint } = {}) => {
    const { old } = await next!.load();
    const args = [predecessor, old.suite.providers, changes.window ?? WINDOW, BURST, REFILL] as const;
    return ethers.deployContract("ConsentRegistrySuccessor", [...args]);
  };

  it("comes after a registry", async () => {
    const { old, successor } = await next!.load();
    expect(await successor.predecessor()).to.equal(await old.consents.getAddress());
    expect(await successor.providers()).to.equal(await old.suite.providers.getAddress());
    expect(await successor.emergencyWindow()).to.equal(WINDOW);
  });

  it("comes after another successor", async () => {
    const { old, successor } = await nextButOne!.load();
    const between = await ethers.getContractAt("ConsentRegistrySuccessor", await successor.predecessor());
    expect(await between.predecessor()).to.equal(await old.consents.getAddress());
  });

  it("does not come after nobody, an account, or another contract", async () => {
    const { old } = await next!.load();
    const { manager, signers, providers } = old.suite;
    for (const predecessor of [
      NOBODY,
      signers.stranger.address,
      await manager.getAddress(),
      await providers.getAddress(),
    ]) {
      await expect(create(predecessor)).to.be.revert(ethers);
    }
    await create(await old.consents.getAddress());
  });

  it("refuses the settings that a registry refuses", async () => {
    const { old } = await next!.load();
    await expect(create(await old.consents.getAddress(), { window: 0n }))
      .to.be.revertedWithCustomError(old.consents, "InvalidEmergencySettings")
      .withArgs(0n, BURST, REFILL);
  });
});
