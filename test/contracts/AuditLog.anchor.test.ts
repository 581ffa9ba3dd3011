import { StandardMerkleTree } from "@openzeppelin/merkle-tree";
import { expect } from "chai";
import { concat, id, keccak256, toBeHex } from "ethers";
import type { Signer } from "../suite.js";
import { ethers, nextTime, time } from "./chain.js";
import { fixtures, YEAR } from "./fixtures.js";
import { Ability, NONE } from "./words.js";

const ROOT = id("a root");
const MOST = (1n << 64n) - 1n;

/** A range of entries in one word, packed here a second time. */
function batch(firstEntry: bigint | number, count: bigint | number): bigint {
  return (BigInt(firstEntry) << 64n) | BigInt(count);
}

type Leaf = [custodian: string, index: bigint, entryHash: string];

/** The tree of the entries `firstEntry` and following, as an auditor builds it. */
function treeOf(custodian: string, firstEntry: number, count: number): StandardMerkleTree<Leaf> {
  const leaves = Array.from({ length: count }, (_, i): Leaf => {
    const index = BigInt(firstEntry + i);
    return [custodian, index, hashOf(index)];
  });
  return treeOver(leaves);
}

function treeOver(leaves: Leaf[]): StandardMerkleTree<Leaf> {
  return StandardMerkleTree.of(leaves, ["address", "uint64", "bytes32"]);
}

function hashOf(index: bigint | number): string {
  return id(`entry ${index}`);
}

describe("AuditLog: batches", () => {
  describe("anchor", () => {
    it("fixes a batch by its root, and tells where the entries end and when", async () => {
      const { audit, signers } = await fixtures.listed();
      const { clinic, hospital } = signers;
      expect([...(await audit.tailOf(clinic))]).to.deep.equal([0n, 0n]);
      const now = await nextTime();
      await expect(audit.connect(clinic).anchor(clinic, 0, 1000, ROOT))
        .to.emit(audit, "Anchored")
        .withArgs(clinic, batch(0, 1000), ROOT, clinic);
      expect([...(await audit.tailOf(clinic))]).to.deep.equal([1000n, now]);
      expect(await audit.batchRootOf(clinic, batch(0, 1000))).to.equal(ROOT);
      expect(await audit.batchRootOf(clinic, batch(0, 999))).to.equal(NONE);
      expect(await audit.batchRootOf(hospital, batch(0, 1000))).to.equal(NONE);
      expect([...(await audit.tailOf(hospital))]).to.deep.equal([0n, 0n]);
    });

    it("continues where the last batch ended, and keeps the earlier roots", async () => {
      const { audit, signers } = await fixtures.listed();
      const { clinic } = signers;
      const log = audit.connect(clinic);
      await log.anchor(clinic, 0, 1, ROOT);
      const now = await nextTime();
      await log.anchor(clinic, 1, 7, id("a second root"));
      expect([...(await audit.tailOf(clinic))]).to.deep.equal([8n, now]);
      expect(await audit.batchRootOf(clinic, batch(0, 1))).to.equal(ROOT);
      expect(await audit.batchRootOf(clinic, batch(1, 7))).to.equal(id("a second root"));
    });

    for (const [what, firstEntry] of [
      ["the same again", 0],
      ["an overlap", 9],
      ["a gap", 11],
      ["the far end", MOST],
    ] as const) {
      it(`refuses ${what}`, async () => {
        const { audit, signers } = await fixtures.listed();
        const { clinic } = signers;
        await audit.connect(clinic).anchor(clinic, 0, 10, ROOT);
        await expect(audit.connect(clinic).anchor(clinic, firstEntry, 10, id("another root")))
          .to.be.revertedWithCustomError(audit, "NotNextEntry")
          .withArgs(clinic, firstEntry, 10);
      });
    }

    it("refuses a first batch that does not start at 0", async () => {
      const { audit, signers } = await fixtures.listed();
      const { clinic } = signers;
      await expect(audit.connect(clinic).anchor(clinic, 1, 1, ROOT))
        .to.be.revertedWithCustomError(audit, "NotNextEntry")
        .withArgs(clinic, 1, 0);
    });

    it("refuses no entries, and no root", async () => {
      const { audit, signers } = await fixtures.listed();
      const { clinic } = signers;
      for (const [count, root] of [
        [0, ROOT],
        [1, NONE],
      ] as const) {
        await expect(audit.connect(clinic).anchor(clinic, 0, count, root))
          .to.be.revertedWithCustomError(audit, "InvalidBatch")
          .withArgs(count, root);
      }
    });

    it("takes so few entries at once that nobody can use the indices up: the trail goes on", async () => {
      const { audit, signers } = await fixtures.listed();
      const { clinic } = signers;
      const log = audit.connect(clinic);
      const most = (1n << 32n) - 1n;
      await log.anchor(clinic, 0, most, ROOT);
      const [word, wordBeyond] = [most, most + 1n].map((count) => toBeHex(count, 32).slice(2));
      const data = audit.interface.encodeFunctionData("anchor", [clinic.address, most, most, ROOT]);
      const beyond = data.replace(`${word}${word}`, `${word}${wordBeyond}`);
      expect(beyond).not.to.equal(data);
      await expect(clinic.sendTransaction({ to: audit, data: beyond })).to.revert(ethers);
      await log.anchor(clinic, most, most, ROOT);
      expect((await audit.tailOf(clinic)).nextEntry).to.equal(2n * most);
    });

    it("is done by a member with AUDIT, in its own name, until the membership ends", async () => {
      const { audit, providers, signers } = await fixtures.listed();
      const { clinic, member } = signers;
      const until = BigInt(await time.latest()) + 1000n;
      await providers.connect(clinic).setMember(clinic, member, Ability.AUDIT, until);
      await time.setNextBlockTimestamp(until - 1n);
      await expect(audit.connect(member).anchor(clinic, 0, 1, ROOT))
        .to.emit(audit, "Anchored")
        .withArgs(clinic, batch(0, 1), ROOT, member);
      await expect(audit.connect(member).anchor(clinic, 1, 1, ROOT))
        .to.be.revertedWithCustomError(providers, "NotActingFor")
        .withArgs(member, clinic, Ability.AUDIT);
    });

    it("is open to a custodian that is suspended, and to one that the directory does not list", async () => {
      const { audit, providers, signers } = await fixtures.listed();
      const { accreditor, clinic, stranger } = signers;
      await providers.connect(accreditor).suspend(clinic);
      for (const custodian of [clinic, stranger]) {
        await expect(audit.connect(custodian).anchor(custodian, 0, 1, ROOT)).to.emit(audit, "Anchored");
      }
    });

    it("is not the own key's while that is off", async () => {
      const { audit, providers, signers } = await fixtures.listed();
      const { clinic, member } = signers;
      const until = BigInt(await time.latest()) + YEAR;
      await providers.connect(clinic).setMember(clinic, member, Ability.MANAGE, until);
      await providers.connect(member).setOwnKey(clinic, true);
      await expect(audit.connect(clinic).anchor(clinic, 0, 1, ROOT))
        .to.be.revertedWithCustomError(providers, "NotActingFor")
        .withArgs(clinic, clinic, Ability.AUDIT);
    });
  });

  describe("verify", () => {
    async function anchored(counts: readonly number[]) {
      const suite = await fixtures.listed();
      const { clinic } = suite.signers;
      const trees: StandardMerkleTree<Leaf>[] = [];
      let firstEntry = 0;
      for (const count of counts) {
        trees.push(treeOf(clinic.address, firstEntry, count));
        await suite.audit.connect(clinic).anchor(clinic, firstEntry, count, trees.at(-1)!.root);
        firstEntry += count;
      }
      const verify = (range: bigint, index: bigint | number, entryHash: string, proof: string[], custodian = clinic) =>
        suite.audit.verify(custodian, range, index, entryHash, proof);
      return { ...suite, clinic, trees, verify };
    }

    /** A custodian who anchors whatever it likes. */
    async function smuggled(leaves: (custodian: Signer) => Leaf[], count: number) {
      const suite = await fixtures.listed();
      const { clinic } = suite.signers;
      const tree = treeOver(leaves(clinic));
      await suite.audit.connect(clinic).anchor(clinic, 0, count, tree.root);
      return { ...suite, clinic, tree };
    }

    for (const count of [1, 2, 3, 1000]) {
      it(`proves entries of a tree of ${count}, each by its own hash alone`, async () => {
        const { trees, verify } = await anchored([count]);
        const range = batch(0, count);
        for (const index of new Set([0, Math.floor(count / 2), count - 1])) {
          const proof = trees[0]!.getProof(index);
          expect(await verify(range, index, hashOf(index), proof)).to.equal(true);
          expect(await verify(range, index, id("forged"), proof)).to.equal(false);
          if (count > 1) expect(await verify(range, (index + 1) % count, hashOf(index), proof)).to.equal(false);
        }
      });
    }

    it("proves entries of later batches, each in its own batch alone", async () => {
      const { trees, verify } = await anchored([3, 4]);
      const proof = trees[1]!.getProof(0);
      expect(await verify(batch(3, 4), 3, hashOf(3), proof)).to.equal(true);
      for (const range of [batch(0, 3), batch(0, 4), batch(0, 7), batch(3, 5), batch(2, 4), 0n, MOST]) {
        expect(await verify(range, 3, hashOf(3), proof)).to.equal(false);
      }
      expect(await verify(batch(3, 4) | (1n << 128n), 3, hashOf(3), proof)).to.equal(false);
    });

    it("proves nothing of another custodian, even with the same root", async () => {
      const { audit, signers, trees, verify } = await anchored([3]);
      const { hospital } = signers;
      const proof = trees[0]!.getProof(1);
      expect(await verify(batch(0, 3), 1, hashOf(1), proof, hospital)).to.equal(false);
      await audit.connect(hospital).anchor(hospital, 0, 3, trees[0]!.root);
      expect(await verify(batch(0, 3), 1, hashOf(1), proof, hospital)).to.equal(false);
    });

    it("proves nothing with a proof that is truncated, prolonged or out of order", async () => {
      const { trees, verify } = await anchored([1000]);
      const proof = trees[0]!.getProof(500);
      for (const wrong of [[], proof.slice(1), proof.slice(0, -1), [...proof, id("more")], proof.toReversed()]) {
        expect(await verify(batch(0, 1000), 500, hashOf(500), wrong)).to.equal(false);
      }
    });

    it("takes no inner node, nor the root, for an entry", async () => {
      const { trees, verify } = await anchored([4]);
      const { root } = trees[0]!;
      const [sibling = "", uncle = ""] = trees[0]!.getProof(0);
      const inner = keccak256(concat([trees[0]!.leafHash([...trees[0]!.at(0)!]), sibling].sort()));
      for (const [hash, proof] of [
        [root, []],
        [inner, [uncle]],
        [sibling, [uncle]],
      ] as const) {
        expect(await verify(batch(0, 4), 0, hash, [...proof])).to.equal(false);
      }
    });

    it("proves no index outside of its batch, though the tree holds it", async () => {
      const indices = [0n, 4n, 5n, MOST];
      const leavesOf = ({ address }: Signer) => indices.map((index): Leaf => [address, index, hashOf(index)]);
      const { audit, clinic, tree } = await smuggled(leavesOf, 5);
      const proves = (index: bigint) =>
        audit.verify(clinic, batch(0, 5), index, hashOf(index), tree.getProof(indices.indexOf(index)));
      expect(await Promise.all(indices.map(proves))).to.deep.equal([true, true, false, false]);
    });

    it("proves no second entry for an index that an earlier batch holds", async () => {
      const { audit, clinic, verify } = await anchored([3]);
      const late = treeOver([
        [clinic.address, 2n, id("rewritten")],
        [clinic.address, 3n, hashOf(3)],
      ]);
      await audit.connect(clinic).anchor(clinic, 3, 1, late.root);
      expect(await verify(batch(3, 1), 3, hashOf(3), late.getProof(1))).to.equal(true);
      expect(await verify(batch(3, 1), 2, id("rewritten"), late.getProof(0))).to.equal(false);
    });

    it("proves nothing before anything is anchored", async () => {
      const { audit, signers } = await fixtures.listed();
      for (const range of [0n, batch(0, 1)]) {
        expect(await audit.verify(signers.clinic, range, 0, hashOf(0), [])).to.equal(false);
        expect(await audit.verify(signers.clinic, range, 0, NONE, [NONE])).to.equal(false);
      }
    });
  });
});

describe("AuditLog: reviews", () => {
  const ACCESS = id("an access under break-glass");
  const NOTE = id("reasons and a salt");

  it("is governed by the directory's AccessManager", async () => {
    const { audit, manager } = await fixtures.listed();
    expect(await audit.authority()).to.equal(await manager.getAddress());
  });

  for (const verdict of [1, 2, 3]) {
    it(`a reviewer states the verdict ${verdict}, with a note or without, and again`, async () => {
      const { audit, signers } = await fixtures.listed();
      const { reviewer } = signers;
      for (const note of [NOTE, NONE, NONE]) {
        await expect(audit.connect(reviewer).review(ACCESS, verdict, note))
          .to.emit(audit, "Reviewed")
          .withArgs(ACCESS, verdict, note, reviewer);
      }
    });
  }

  it("refuses a review of nothing, and without a verdict", async () => {
    const { audit, signers } = await fixtures.listed();
    for (const [subject, verdict] of [
      [NONE, 1],
      [ACCESS, 0],
    ] as const) {
      await expect(audit.connect(signers.reviewer).review(subject, verdict, NOTE))
        .to.be.revertedWithCustomError(audit, "InvalidReview")
        .withArgs(subject, verdict);
    }
    await expect(audit.connect(signers.reviewer).review(ACCESS, 4, NOTE)).to.be.revertedWithoutReason(ethers);
  });

  it("a reviewer is one until the consortium says otherwise", async () => {
    const { audit, manager, signers } = await fixtures.listed();
    const { consortium, reviewer, stranger } = signers;
    await manager.connect(consortium).grantRole(2, stranger, 0);
    await manager.connect(consortium).revokeRole(2, reviewer);
    await expect(audit.connect(stranger).review(ACCESS, 1, NONE)).to.emit(audit, "Reviewed");
    await expect(audit.connect(reviewer).review(ACCESS, 1, NONE))
      .to.be.revertedWithCustomError(audit, "AccessManagedUnauthorized")
      .withArgs(reviewer);
  });
});
