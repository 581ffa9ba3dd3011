import { NetworkError, ReorganisedError, RpcError, TimeoutError } from "@consentry/sdk";
import { expect } from "chai";
import { logsOf, type Progress } from "../../../sdk/dist/logs/scan.js";
import { Transport } from "../../../sdk/dist/transport/transport.js";
import type { Question, Request } from "../../../sdk/dist/transport/types.js";
import { expectError } from "../setup.js";

const HASH = `0x${"1".repeat(64)}`;
const OTHER_HASH = `0x${"2".repeat(64)}`;
const ADDRESS = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
const filters = [{ address: ADDRESS, topics: [] }];
const headAt = (number: number) => ({ number, hash: HASH, timestamp: number });

/** A node with one log in each block up to its head, which answers for so many blocks or logs at once as `accepts` says. */
function nodeOf(accepts: (blocks: number, from: number) => boolean, ranges: number[], head = () => Infinity): Request {
  return async (method, [first]) => {
    if (method === "eth_getBlockByNumber") {
      const number = Number(first);
      return Promise.resolve(number > head() ? null : headAt(number));
    }
    const { fromBlock, toBlock } = first as { fromBlock: string; toBlock: string };
    const [from, to] = [Number(fromBlock), Number(toBlock)];
    ranges.push(to - from + 1);
    if (!accepts(to - from + 1, from)) {
      throw Object.assign(new Error("Requested range exceeds maximum"), { code: -32005 });
    }
    const numbers = Array.from({ length: Math.min(to, head()) - from + 1 }, (_, i) => from + i);
    const log = { address: ADDRESS, topics: [], data: "0x", blockHash: HASH, transactionHash: HASH, logIndex: 0 };
    return Promise.resolve(numbers.map((blockNumber) => ({ ...log, blockNumber })));
  };
}

const atMost = (most: number) => (blocks: number) => blocks <= most;

const numbersOf = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe("the logs of a range of blocks", () => {
  for (const most of [1, 7, 1_000]) {
    it(`are complete and in order where a node answers for ${most} blocks at once`, async () => {
      const ranges: number[] = [];
      const transport = new Transport(nodeOf(atMost(most), ranges));
      const logs = await logsOf(transport, { filters, fromBlock: 5, head: headAt(104) });
      expect(logs.map(({ blockNumber }) => blockNumber)).to.deep.equal(numbersOf(5, 104));
      expect(ranges.length).to.be.at.most(most === 1_000 ? 1 : Math.ceil(200 / most) + 10);
    });
  }

  it("finds the node's limit, and wastes few queries on what is beyond it", async () => {
    const ranges: number[] = [];
    const transport = new Transport(nodeOf(atMost(1_000), ranges));
    await logsOf(transport, { filters, fromBlock: 0, head: headAt(99_999) });
    const refused = ranges.filter((blocks) => blocks > 1_000).length;
    expect(ranges.length).to.be.at.most(160);
    expect(refused).to.be.at.most(25);
    expect(ranges.slice(-20).filter((blocks) => blocks > 900 && blocks <= 1_000)).to.have.length.above(15);
  });

  it("asks for more again where the node's limit was one of logs, behind a crowded stretch", async () => {
    const ranges: number[] = [];
    const crowded = (blocks: number, from: number) => from >= 2_000 || blocks <= 10;
    const transport = new Transport(nodeOf(crowded, ranges));
    await logsOf(transport, { filters, fromBlock: 1_900, head: headAt(100_000) });
    expect(ranges.length).to.be.at.most(80);
    expect(Math.max(...ranges.slice(-3))).to.be.above(10_000);
  });

  it("of no blocks are none, without asking", async () => {
    const ranges: number[] = [];
    const transport = new Transport(nodeOf(atMost(1), ranges));
    expect([await logsOf(transport, { filters, fromBlock: 5, head: headAt(4) }), ranges]).to.deep.equal([[], []]);
  });

  it("are not had from a node that refuses every block, or is down", async () => {
    const scan = { filters, fromBlock: 0, head: headAt(9) };
    await expectError(logsOf(new Transport(nodeOf(atMost(0), [])), scan), RpcError);
    const down = new Transport(() => Promise.reject(Object.assign(new Error("down"), { code: "ECONNREFUSED" })));
    await expectError(logsOf(down, scan), NetworkError);
  });

  it("say how far they are", async () => {
    const seen: Progress[] = [];
    const transport = new Transport(nodeOf(atMost(60), []));
    const onProgress = (progress: Progress) => seen.push(progress);
    await logsOf(transport, { filters, fromBlock: 5, head: headAt(104), onProgress });
    expect(seen[0]!.fromBlock).to.equal(5);
    expect(seen.at(-1)!.toBlock).to.equal(104);
    seen.slice(1).forEach(({ fromBlock, head }, i) => {
      expect([fromBlock, head]).to.deep.equal([seen[i]!.toBlock + 1, 104]);
    });
  });

  it("of several filters are in the order of the chain", async () => {
    const transport = new Transport(nodeOf(atMost(1_000), []));
    const logs = await logsOf(transport, { filters: [...filters, ...filters], fromBlock: 0, head: headAt(2) });
    expect(logs.map(({ blockNumber }) => blockNumber)).to.deep.equal([0, 0, 1, 1, 2, 2]);
  });

  it("are not had without the newest ones: a node that lags is waited for", async () => {
    let head = 97;
    const node = nodeOf(atMost(1_000), [], () => head++);
    const logs = await logsOf(new Transport(node), { filters, fromBlock: 90, head: headAt(100) });
    expect(logs.map(({ blockNumber }) => blockNumber)).to.deep.equal(numbersOf(90, 100));
    const stuck = new Transport(
      nodeOf(atMost(1_000), [], () => 99),
      50,
    );
    await expectError(logsOf(stuck, { filters, fromBlock: 90, head: headAt(100) }), TimeoutError);
  });

  it("are not had from another chain than the block was of", async () => {
    const head = { ...headAt(9), hash: OTHER_HASH };
    const lost = logsOf(new Transport(nodeOf(atMost(1_000), [])), { filters, fromBlock: 0, head });
    await expectError(lost, ReorganisedError, { blockNumber: 9, blockHash: OTHER_HASH });
  });

  it("are asked for in one message with the last block, where that can be, and apart where it is not taken", async () => {
    for (const taken of [true, false]) {
      const node = nodeOf(atMost(1_000), []);
      const apart: string[] = [];
      const messages: (readonly Question[])[] = [];
      const request: Request = (method, params) => {
        apart.push(method);
        return node(method, params);
      };
      const together = async (questions: readonly Question[]) => {
        messages.push(questions);
        return taken ? Promise.all(questions.map(([method, params]) => node(method, params))) : undefined;
      };
      const transport = new Transport(Object.assign(request, { together }));
      expect(await logsOf(transport, { filters, fromBlock: 0, head: headAt(9) })).to.have.length(10);
      expect(messages.map((questions) => questions.map(([method]) => method))).to.deep.equal([
        ["eth_getBlockByNumber", "eth_getLogs", "eth_getBlockByNumber"],
      ]);
      expect(apart).to.deep.equal(taken ? [] : messages[0]!.map(([method]) => method));
    }
  });
});
