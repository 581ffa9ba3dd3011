import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { OperatorError } from "../../scripts/deployment/errors.js";
import { compare } from "../../scripts/drill/check.js";
import { type Act, checkIndexes, drill } from "../../scripts/drill/drill.js";
import { sameEverywhere } from "../../scripts/drill/everywhere.js";
import { sourceAt } from "../../scripts/drill/indexes/source.js";
import { poaWorld } from "./world.js";

describe("the disaster drill", function () {
  this.timeout(900_000);

  const world = poaWorld();
  const folder = mkdtempSync(join(tmpdir(), "consentry-drill-"));
  const acts: Act[] = [];

  before(async () => {
    const { chain, people } = world;
    await drill({ chain, people, folder }, (act) => acts.push(act));
  });

  after(() => rmSync(folder, { recursive: true }));

  it("finds no difference, wherever it looks", () => {
    expect(acts.map(({ checks }) => checks.length)).to.deep.equal([3, 3, 1, 1, 4, 2]);
    for (const { claim, compared, differences } of acts.flatMap(({ checks }) => checks)) {
      expect(differences, claim).to.deep.equal([]);
      expect(compared, claim).to.be.above(0);
    }
  });

  it("finds a validator that holds something else", async () => {
    const { chain } = world;
    const [first, second] = chain.validators;
    const lying = Object.create(second!, {
      ask: {
        value: async (method: string, ...params: unknown[]) => {
          const answer = await second!.ask<Record<string, unknown>>(method, ...params);
          if (method === "eth_call") return "0x";
          return method === "eth_getBlockByNumber" && params[0] === "0x5" ? { ...answer, stateRoot: "0x00" } : answer;
        },
      },
      until: { value: second!.until.bind(second) },
    }) as typeof second;
    const [blocks, receipts, words] = await sameEverywhere({ ...chain, validators: [first!, lying!] });
    expect(blocks!.differences).to.have.length(1);
    expect(blocks!.differences[0]).to.match(/^validators 1 and 2: block 5: .*0x00/);
    expect(receipts!.differences).to.deep.equal([]);
    expect(words!.differences).to.have.length(words!.compared);
  });

  it("finds what an index leaves out", async () => {
    const { chain } = world;
    const source = await sourceAt(chain.validators[0]!, chain.deployment);
    const { blocks, receipts } = source.walked;
    for (const { differences } of await checkIndexes({
      ...source,
      walked: { blocks, receipts: receipts.slice(0, 12) },
    })) {
      expect(differences).not.to.be.empty;
    }
  });

  it("never runs a key twice", async () => {
    const failure: unknown = await world.chain.validators[3]!.start().catch((thrown: unknown) => thrown);
    expect(failure).to.be.instanceOf(OperatorError);
    expect((failure as Error).message).to.include("runs with this key already");
  });

  it("takes nothing found for a difference", () => {
    expect(compare("Nothing.", new Map(), new Map()).differences).to.deep.equal(["nothing was found to compare"]);
  });
});
