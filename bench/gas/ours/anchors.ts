import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import { id } from "ethers";
import type { Chain } from "../chain.js";
import type { Figures } from "../operations.js";

const COUNT = 1000;

/** The first batch of a custodian's audit trail, and the proof of one entry in it. */
export async function measureAnchors(chain: Chain): Promise<Figures> {
  const { audit, signers } = chain.suite;
  const custodian = signers.hospital.address;
  const entries = Array.from(
    { length: COUNT },
    (_, index) => [custodian, index, entryOf(index)] as [string, number, string],
  );
  const tree = StandardMerkleTree.of(entries, ["address", "uint64", "bytes32"]);
  const anchored = await chain.gasOf(() => audit.connect(signers.hospital).anchor(custodian, 0, COUNT, tree.root));
  const index = COUNT / 2;
  const proof = tree.getProof(index);
  const verification = await audit.verify.populateTransaction(custodian, COUNT, index, entryOf(index), proof);
  return { anchor1000PerEntry: anchored / COUNT, verifyAnchor: await chain.executionOf(verification) };
}

function entryOf(index: number): string {
  return id(`entry ${index}`);
}
