import { NetworkError, RpcError } from "@consentry/sdk";
import { expect } from "chai";
import { logsInRange } from "../../../sdk/dist/transport/logsInRange.js";
import { Transport } from "../../../sdk/dist/transport/transport.js";
import type { Request } from "../../../sdk/dist/transport/types.js";
import { expectError } from "../setup.js";

const HASH = `0x${"1".repeat(64)}`;
const ADDRESS = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

/** A node with one log in each block, which answers for at most so many blocks at once. */
function nodeOf(most: number, ranges: number[]): Request {
  return async (_method, [filter]) => {
    const { fromBlock, toBlock } = filter as { fromBlock: string; toBlock: string };
    const [from, to] = [Number(fromBlock), Number(toBlock)];
    ranges.push(to - from + 1);
    if (to - from + 1 > most) throw Object.assign(new Error("Requested range exceeds maximum"), { code: -32005 });
    const numbers = Array.from({ length: to - from + 1 }, (_, i) => from + i);
    const log = { address: ADDRESS, topics: [], data: "0x", blockHash: HASH, transactionHash: HASH, logIndex: 0 };
    return Promise.resolve(numbers.map((blockNumber) => ({ ...log, blockNumber })));
  };
}

describe("the logs of a range of blocks", () => {
  for (const most of [1, 7, 1_000]) {
    it(`are complete and in order where a node answers for ${most} blocks at once`, async () => {
      const ranges: number[] = [];
      const transport = new Transport(nodeOf(most, ranges));
      const logs = await logsInRange(transport, { address: ADDRESS, topics: [], fromBlock: 5, toBlock: 104 });
      expect(logs.map(({ blockNumber }) => blockNumber)).to.deep.equal(Array.from({ length: 100 }, (_, i) => i + 5));
      expect(ranges.length).to.be.at.most(most === 1_000 ? 1 : Math.ceil(200 / most) + 10);
    });
  }

  it("of no blocks are none, without asking", async () => {
    const ranges: number[] = [];
    const logs = await logsInRange(new Transport(nodeOf(1, ranges)), {
      address: ADDRESS,
      topics: [],
      fromBlock: 5,
      toBlock: 4,
    });
    expect([logs, ranges]).to.deep.equal([[], []]);
  });

  it("are not had from a node that refuses every block, or is down", async () => {
    const filter = { address: ADDRESS, topics: [], fromBlock: 0, toBlock: 9 };
    await expectError(logsInRange(new Transport(nodeOf(0, [])), filter), RpcError);
    const down = new Transport(() => Promise.reject(Object.assign(new Error("down"), { code: "ECONNREFUSED" })));
    await expectError(logsInRange(down, filter), NetworkError);
  });
});
