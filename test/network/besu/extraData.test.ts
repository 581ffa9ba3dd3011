import { expect } from "chai";
import { decodeRlp } from "ethers";
import { extraDataOf } from "../../../scripts/besu/extraData.js";

/** Besu's own example: docs/private-networks/how-to/configure/consensus/qbft.md, "Generate extra data". */
const EXAMPLE = {
  validators: [
    "0x4592c8e45706cc08b8f44b11e43cba0cfc5892cb",
    "0x06e23768a0f59cf365e18c2e0c89e151bcdedc70",
    "0xc5327f96ee02d7bcbc1bf1236b8c15148971e1de",
    "0xab5e7f4061c605820d3744227eed91ff8e2c8908",
  ],
  encoded:
    "0xf87aa00000000000000000000000000000000000000000000000000000000000000000f854944592c8e45706cc08b8f44b11e43cba0cfc5892cb9406e23768a0f59cf365e18c2e0c89e151bcdedc7094c5327f96ee02d7bcbc1bf1236b8c15148971e1de94ab5e7f4061c605820d3744227eed91ff8e2c8908c080c0",
};

describe("extraData of a QBFT network's first block", () => {
  it("is what Besu itself makes of the same validators", () => {
    expect(extraDataOf(EXAMPLE.validators)).to.equal(EXAMPLE.encoded);
  });

  it("decodes to vanity, validators, no vote, round 0 and no seals", () => {
    expect(decodeRlp(extraDataOf(EXAMPLE.validators))).to.deep.equal([
      `0x${"00".repeat(32)}`,
      EXAMPLE.validators,
      [],
      "0x",
      [],
    ]);
  });
});
