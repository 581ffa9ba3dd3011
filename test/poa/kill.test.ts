import { ConsentryError, TimeoutError, TransactionReplacedError, UnknownOutcomeError } from "@consentry/sdk";
import { expect } from "chai";
import { LABS, type Person, poaWorld } from "./world.js";

/** How often a validator is killed; CONSENTRY_KILLS=20 takes ten minutes. */
const KILLS = Number(process.env["CONSENTRY_KILLS"] ?? 3);
const WRITERS = 4;

/** What a writer knows of what it wrote. */
interface Ledger extends Person {
  /** Transactions that were acknowledged. */
  acknowledged: { hash: string; blockHash: string }[];
  /** Hashes of those of which it is not known. */
  inDoubt: string[];
  /** Typed errors that say that nothing was written. */
  refused: ConsentryError[];
}

/** Grants and withdraws, until told to stop. */
async function write(ledger: Ledger, grantee: string, isOver: () => boolean): Promise<void> {
  const { consents } = ledger.consentry;
  for (let i = 0; !isOver(); i++) {
    try {
      const { hash, blockHash } = await (i % 2 === 0
        ? consents.grant({ ...LABS, grantee })
        : consents.revoke({ grantee }));
      ledger.acknowledged.push({ hash, blockHash });
    } catch (error) {
      if (!(error instanceof ConsentryError)) throw error;
      const inDoubt = error instanceof UnknownOutcomeError || error instanceof TimeoutError;
      if (inDoubt && error.hash !== undefined) ledger.inDoubt.push(error.hash);
      else ledger.refused.push(error);
    }
  }
}

describe("one of four validators killed under load", function () {
  this.timeout(KILLS * 120_000 + 120_000);

  const world = poaWorld();
  const ledgers: Ledger[] = [];

  before(async () => {
    const { chain, people, person } = world;
    for (let i = 0; i < WRITERS; i++) {
      ledgers.push({ ...(await person(i)), acknowledged: [], inDoubt: [], refused: [] });
    }
    let isOver = false;
    const writing = ledgers.map((ledger) => write(ledger, people.clinic.address, () => isOver));
    for (let i = 0; i < KILLS; i++) {
      const victim = chain.validators[i % chain.validators.length]!;
      const others = chain.validators.filter((each) => each !== victim);
      await victim.kill();
      const at = await others[0]!.until((height) => height > 0);
      await others[0]!.until((height) => height > at + 3);
      await victim.start();
      const top = (await others[0]!.height())!;
      await victim.until((height) => height > top);
    }
    isOver = true;
    await Promise.all(writing);
  });

  it("writes go on", () => {
    for (const { acknowledged } of ledgers) expect(acknowledged).to.have.length.above(KILLS);
  });

  it("every acknowledged write is in the block that was told, at each validator", async () => {
    for (const validator of world.chain.validators) {
      for (const { hash, blockHash } of ledgers.flatMap(({ acknowledged }) => acknowledged)) {
        const receipt = await validator.ask<{ blockHash: string; status: string }>("eth_getTransactionReceipt", hash);
        expect(receipt).to.include({ blockHash, status: "0x1" });
      }
    }
  });

  it("nothing was written that its writer does not know of, and nothing twice", async () => {
    const [validator] = world.chain.validators;
    for (const { address, acknowledged, inDoubt, refused } of ledgers) {
      const told = new Set(acknowledged.map(({ hash }) => hash));
      expect(told.size).to.equal(acknowledged.length);
      // What is said again while it is in doubt is the same bytes, so one transaction.
      const doubted = [...new Set(inDoubt)].filter((hash) => !told.has(hash));
      const found = doubted.map((hash) => validator!.ask<object | null>("eth_getTransactionReceipt", hash));
      const arrived = (await Promise.all(found)).filter((receipt) => receipt !== null).length;
      const sent = Number(await validator!.ask<string>("eth_getTransactionCount", address, "latest"));
      expect(sent).to.equal(told.size + arrived);
      expect(refused.filter((error) => error instanceof TransactionReplacedError)).to.deep.equal([]);
    }
  });
});
