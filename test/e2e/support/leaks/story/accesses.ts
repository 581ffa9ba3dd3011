import { categoriesToBits, contentHash, newRecordId, newSalt } from "@consentry/sdk";
import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import { expect } from "chai";
import type { Stage } from "./stage.js";

const JUSTIFIED = 1;

/** Accesses permitted and refused, by record and by category, by members, of records that do not exist. */
export async function ask({ as, signers, address: patient }: Stage, records: readonly string[]): Promise<void> {
  const onBehalfOf = signers.clinic.address;
  for (const record of records.slice(0, 10)) {
    await as.lab.audit.access({ record, purpose: "TREAT" });
    await as.member.audit.access({ record, purpose: "TREAT", onBehalfOf });
    await as.stranger.audit.access({ record, purpose: "HMARKT" });
  }
  const unknown = newRecordId(signers.hospital.address);
  await as.researcher.audit.access({ record: unknown, purpose: "HRESCH" });
  const search = await as.lab.audit.access({ patient, categories: ["LABS"], purpose: "TREAT" });
  expect(search.permitted).to.be.true;
}

/** Break-glass for a reason, and the review of it: of both texts only salted hashes. */
export async function emergency(stage: Stage): Promise<void> {
  const { consents, audit, signers, address } = stage;
  const { clinic, member, reviewer } = signers;
  const reason = hidden(stage, "Brought in unconscious after a fall, no relatives reachable");
  const bits = categoriesToBits(["LABS", "MEDICATIONS", "ALLERGIES"]);
  const broken = await consents.connect(member).breakGlass(clinic.address, address, bits, reason);
  const note = hidden(stage, "The patient was unconscious; justified");
  await audit.connect(reviewer).review(broken.hash, JUSTIFIED, note);
}

/** What the clinic decided off the chain: one root for all of it, and a proof for one entry. */
export async function anchor(stage: Stage): Promise<void> {
  const { audit, bundle, signers, address } = stage;
  const { clinic } = signers;
  const leaves = bundle.entry.slice(0, 16).map(({ fullUrl }, i): Leaf => {
    return [clinic.address, BigInt(i), hidden(stage, `${fullUrl} of ${address} was shown, entry ${i}`)];
  });
  const tree = StandardMerkleTree.of(leaves, ["address", "uint64", "bytes32"]);
  await audit.connect(clinic).anchor(clinic.address, 0, leaves.length, tree.root);
  const batch = BigInt(leaves.length);
  expect(await audit.verify(clinic.address, batch, 3, leaves[3]![2], tree.getProof(3))).to.be.true;
}

type Leaf = [custodian: string, index: bigint, entryHash: string];

/** A salted hash of a text that stays where it is. */
function hidden({ secrets }: Stage, text: string): string {
  const salt = secrets.salt(newSalt(), `the salt of ${text}`);
  return contentHash(secrets.text(text), salt);
}
