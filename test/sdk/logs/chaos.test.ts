import { mkdtempSync, rmSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, connect, type ConsentEvent, type ConsentryError, type Deployment } from "@consentry/sdk";
import { expect } from "chai";
import { JsonRpcProvider, Wallet } from "ethers";
import { network } from "hardhat";
import { deploySuite } from "../../suite.js";
import { type Anvil, startAnvil } from "../anvil.js";
import { deploymentOf, LABS } from "../setup.js";
import { endingSignals, type Watcher, watching } from "./watching.js";

const KEYS = [
  "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
  "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
  "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a",
];
const GRANTEE = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";

/** A way to the node that drops connections when it is told to. */
interface Line {
  url: string;
  drop: () => void;
  close: () => void;
}

async function lineTo(target: () => string): Promise<Line> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((question, answer) => {
    const onward = request(target(), { method: "POST", headers: question.headers, agent: false }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
      reply.on("close", () => reply.complete || answer.destroy());
    });
    onward.on("error", () => answer.destroy());
    question.pipe(onward);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const drop = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    drop,
    close: () => {
      drop();
      server.close();
    },
  };
}

/** The same numbers in every run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe("a watch, while writers write, the node is killed, connections drop and the chain is reorganised", function () {
  this.timeout(180_000);

  const endingSignal = endingSignals();
  const folder = mkdtempSync(join(tmpdir(), "consentry-chaos-"));
  const options = ["--state", join(folder, "state.json")];
  const providers: JsonRpcProvider[] = [];
  let anvil: Anvil;
  let line: Line;
  let deployment: Deployment;

  before(async () => {
    anvil = await startAnvil(0, ...options);
    line = await lineTo(() => anvil.url);
    const remote = await network.create({ network: "localhost", override: { url: anvil.url } });
    deployment = await deploymentOf(await deploySuite(remote));
    await remote.close();
  });

  after(async () => {
    providers.forEach((provider) => {
      provider.destroy();
    });
    line.close();
    await anvil.stop();
    rmSync(folder, { recursive: true });
  });

  const providerOf = (url: string) => {
    const provider = new JsonRpcProvider(url, 31337, { staticNetwork: true, batchMaxCount: 1 });
    providers.push(provider);
    return provider;
  };
  const clientOf = (key: string): Promise<Client> => {
    return connect({ runner: new Wallet(key, providerOf(anvil.url)), deployment });
  };
  const restart = async () => {
    const port = Number(new URL(anvil.url).port);
    await anvil.stop("SIGTERM");
    anvil = await startAnvil(port, ...options);
  };
  const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  /** What stands is what is on the chain, once the watch has caught up. */
  async function expectAgreement(watchers: Watcher<ConsentEvent>[]): Promise<void> {
    await anvil.rpc("anvil_mine", "0x8");
    const reader = await connect({ runner: providerOf(anvil.url), deployment });
    const events = await reader.consents.history();
    const key = ({ blockHash, logIndex }: { blockHash: string; logIndex: number }) => `${blockHash} ${logIndex}`;
    for (const { standing, ended } of watchers) {
      for (let tries = 0; tries < 2_000 && standing().map(key).join() !== events.map(key).join(); tries++)
        await wait(25);
      expect(await Promise.race([ended, Promise.resolve("goes on")])).to.equal("goes on");
      expect(standing()).to.deep.equal(events);
    }
  }

  it("tells in the end exactly what is on the chain", async () => {
    const below = random(4);
    const failures: ConsentryError[] = [];
    const seen: ConsentEvent[][] = [];
    const reader = await connect({ runner: providerOf(line.url), deployment });
    const watch = { interval: 10, signal: endingSignal(), onError: (error: ConsentryError) => failures.push(error) };
    const watchers = [0, 2].map((confirmations) => {
      return watching(reader.consents.watch({ fromBlock: 0 }, { ...watch, confirmations }));
    });
    let reorganisations = 0;
    for (let round = 0; round < 12; round++) {
      const writers = await Promise.all(KEYS.map(clientOf));
      const snapshot = await anvil.rpc("evm_snapshot");
      const writing = writers.map(async ({ consents }, i) => {
        for (let word = 0; word < 3; word++) {
          const until = 4_000_000_000 + seen.length;
          const grants = [1, 2].map((j) => ({ ...LABS, grantee: new Wallet(KEYS[(i + j) % 3]!).address, until }));
          const said = below(3) === 0 ? await consents.revoke({ grantee: GRANTEE }) : await consents.grant({ grants });
          seen.push(said.events);
          if (below(3) === 0) line.drop();
        }
      });
      await Promise.all(writing);
      await wait(below(60));
      if (round % 2 === 1) {
        await anvil.rpc("evm_revert", snapshot);
        reorganisations += 1;
      }
      if (round % 3 === 0) await restart();
    }
    await expectAgreement(watchers);
    expect(seen.flat().length).to.be.above(60);
    expect(watchers[0]!.told.filter(({ removed }) => removed).length).to.be.above(5);
    expect(failures.length).to.be.above(0);
    expect(reorganisations).to.equal(6);
  });

  it("goes on with its cursor in another process, as it were, over a restart and a reorganisation", async () => {
    const reader = await connect({ runner: providerOf(line.url), deployment });
    const writer = await clientOf(KEYS[0]!);
    const told: { removed: boolean; event: object }[] = [];
    const options = { interval: 10 };
    let cursor: string | undefined;
    const take = async (count: number) => {
      const watch = reader.consents.watch({ fromBlock: 0 }, { ...options, cursor });
      for await (const { removed, ...event } of watch) {
        told.push({ removed, event });
        if (--count === 0) break;
      }
      cursor = watch.cursor;
    };
    const before = (await reader.consents.history()).length;
    await writer.consents.revokeAll();
    await writer.consents.revokeAll();
    const snapshot = await anvil.rpc("evm_snapshot");
    await writer.consents.revokeAll();
    await take(before + 3);
    await anvil.rpc("evm_revert", snapshot);
    await restart();
    const again = await clientOf(KEYS[1]!);
    await again.consents.revokeAll();
    await take(2);
    const standing: object[] = [];
    for (const { removed, event } of told) {
      if (removed) expect(standing.pop()).to.deep.equal(event);
      else standing.push(event);
    }
    const fresh = await connect({ runner: providerOf(anvil.url), deployment });
    expect(standing).to.deep.equal(await fresh.consents.history());
    expect(told.filter(({ removed }) => removed)).to.have.length(1);
  });

  it("survives a node that is killed without a word, and comes back without its last blocks", async () => {
    await restart();
    const reader = await connect({ runner: providerOf(line.url), deployment });
    const watcher = watching(reader.consents.watch({ fromBlock: 0 }, { interval: 10, signal: endingSignal() }));
    const before = (await reader.consents.history()).length;
    const writer = await clientOf(KEYS[2]!);
    for (let i = 0; i < 3; i++) await writer.consents.revokeAll();
    await watcher.until(before + 3);
    const port = Number(new URL(anvil.url).port);
    await anvil.stop("SIGKILL");
    anvil = await startAnvil(port, ...options);
    const next = await clientOf(KEYS[1]!);
    for (let i = 0; i < 4; i++) await next.consents.revoke({ grantee: GRANTEE });
    await expectAgreement([watcher]);
    expect(watcher.told.filter(({ removed }) => removed)).to.have.length(3);
  });
});
