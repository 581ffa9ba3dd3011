import { contentHash, newSalt } from "@consentry/sdk";
import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import type { ContractTransactionReceipt } from "ethers";
import { AuditLog__factory as AuditLog } from "../../sdk/src/generated/contracts/index.js";
import type { Actor } from "./cast.js";

/** An access that the custodian decided itself: it names nobody but by ids. */
export interface Entry {
  record: string;
  purpose: string;
  action: string;
  decision: string;
  block: number;
}

/** An entry as it is kept; without the salt its hash says nothing. */
export type KeptEntry = Entry & { salt: string };

/** What the custodian keeps of its own accesses; on the chain is one hash for all of them. */
export interface Journal {
  entries: readonly KeptEntry[];
  tree: StandardMerkleTree<[custodian: string, index: number, entryHash: string]>;
}

/** A journal whose first batch has these entries. */
export function journalOf({ address }: Actor, entries: readonly Entry[]): Journal {
  const salted = entries.map((entry) => ({ ...entry, salt: newSalt() }));
  const leaves = salted.map((entry, i): [string, number, string] => [address, i, hashOf(entry)]);
  return { entries: salted, tree: StandardMerkleTree.of(leaves, ["address", "uint64", "bytes32"]) };
}

/** Fixes all entries by one transaction. */
export async function anchor(custodian: Actor, { entries, tree }: Journal): Promise<ContractTransactionReceipt> {
  const sent = await logOf(custodian).anchor(custodian.address, 0, entries.length, tree.root);
  const receipt = await sent.wait();
  if (receipt === null) throw new Error("The batch was not anchored.");
  return receipt;
}

/** Whether the custodian anchored this very entry: what anybody can ask of the chain. */
export async function isAnchored(
  custodian: Actor,
  journal: Journal,
  index: number,
  entry: KeptEntry,
): Promise<boolean> {
  const { entries, tree } = journal;
  // A batch that starts at 0 is the number of its entries.
  return logOf(custodian).verify(custodian.address, entries.length, index, hashOf(entry), tree.getProof(index));
}

function hashOf({ salt, ...entry }: KeptEntry): string {
  return contentHash(JSON.stringify(entry), salt);
}

function logOf({ consentry, runner }: Actor) {
  return AuditLog.connect(consentry.deployment.contracts.AuditLog.address, runner);
}
