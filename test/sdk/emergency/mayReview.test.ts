import { InvalidAddressError, InvalidParameterError } from "@consentry/sdk";
import { expect } from "chai";
import { ethers, expectError } from "../setup.js";
import { equipped } from "./world.js";

describe("emergency.mayReview", () => {
  it("is true of reviewers, and of nobody else", async () => {
    const { emergency, signers } = await equipped();
    for (const [name, { address }] of Object.entries(signers)) {
      expect(await emergency.stranger.mayReview(address), name).to.equal(name === "reviewer");
    }
  });

  it("follows the role, and tells about the past", async () => {
    const { emergency, manager, signers } = await equipped();
    const { address } = signers.stranger;
    const before = await ethers.provider.getBlockNumber();
    await manager.connect(signers.consortium).grantRole(2, address, 0);
    expect(await emergency.patient.mayReview(address)).to.be.true;
    expect(await emergency.patient.mayReview(address, { at: before })).to.be.false;
    await manager.connect(signers.consortium).revokeRole(2, address);
    expect(await emergency.patient.mayReview(address)).to.be.false;
  });

  it("is false of who must announce each review", async () => {
    const { emergency, manager, signers } = await equipped();
    await manager.connect(signers.consortium).grantRole(2, signers.stranger, 3600);
    expect(await emergency.patient.mayReview(signers.stranger.address)).to.be.false;
  });

  it("refuses what is no address, and options that are none", async () => {
    const { emergency, signers } = await equipped();
    await expectError(emergency.patient.mayReview("0x12"), InvalidAddressError);
    const options = { block: 1 } as object;
    await expectError(emergency.patient.mayReview(signers.reviewer.address, options), InvalidParameterError);
  });
});
