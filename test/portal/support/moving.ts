import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough } from "node:stream";
import { type Client, connect, type Deployment } from "@consentry/sdk";
import { startRelayer } from "@consentry/relayer";
import { ContractFactory, type InterfaceAbi } from "ethers";
import { servePortal } from "../../../portal/server/servePortal.js";
import type { LocalChain } from "../../../scripts/start/localChain.js";
import { freePort } from "../../../scripts/ports.js";
import { ROOT } from "../../e2e/support/command.js";
import { portalWorld, type World } from "./world.js";

const FOUR_HOURS = 4 * 3600;
const RELAYER = 11;

/** A world in which a registry stands beside the one of the story, and the page has moved to it. */
export interface MovingWorld extends World {
  /** Everything as it was before: the page, its relayer and its deployment. */
  old: World;
  successor: Deployment;
  /** Reads the registry that comes after. */
  next: Client;
}

/** Before the tests that follow all of it is started, after them it ends. */
export function movingWorld(): MovingWorld {
  const old = portalWorld();
  const world: Partial<MovingWorld> = {};
  const folder = mkdtempSync(join(tmpdir(), "consentry-moving-"));
  const closing: (() => Promise<void>)[] = [];
  before(async function () {
    this.timeout(60_000);
    const { chain } = old;
    const successor = await succeed(chain);
    const port = await freePort();
    const relayer = await startRelayer({
      runner: chain.account(RELAYER),
      deployment: successor,
      database: join(folder, "relayer.sqlite"),
      origins: [`http://localhost:${port}`],
      port: 0,
      log: new PassThrough().resume(),
    });
    closing.push(relayer.close);
    const config = { rpcUrl: chain.url, relayerUrl: relayer.url, deployment: successor, predecessor: chain.deployment };
    const portal = await servePortal({ folder: join(ROOT, "portal", "dist"), config, port });
    closing.push(portal.close);
    const next = await connect({ runner: chain.account(RELAYER), deployment: successor });
    Object.assign(world, { ...old, old, successor, next, url: portal.url, relayerUrl: relayer.url });
  });
  after(async () => {
    for (const close of closing.reverse()) await close();
    rmSync(folder, { recursive: true, force: true });
  });
  return world as MovingWorld;
}

/** Deploys what comes after a deployment, with the same directory. */
async function succeed(chain: LocalChain): Promise<Deployment> {
  const { deployment } = chain;
  const { ConsentRegistry, ProviderRegistry } = deployment.contracts;
  const settings = [ProviderRegistry.address, FOUR_HOURS, 20, 6 * FOUR_HOURS];
  const consents = await deploy(chain, "ConsentRegistrySuccessor", [ConsentRegistry.address, ...settings]);
  const records = await deploy(chain, "RecordRegistry", [consents]);
  const audit = await deploy(chain, "AuditLog", [records]);
  const contracts = {
    ...deployment.contracts,
    ConsentRegistry: { address: consents },
    RecordRegistry: { address: records },
    AuditLog: { address: audit },
  };
  const present = { ...deployment, predecessor: ConsentRegistry.address, contracts };
  return (await connect({ runner: chain.account(RELAYER), deployment: present })).deployment;
}

async function deploy(chain: LocalChain, name: string, args: unknown[]): Promise<string> {
  const path = join(ROOT, "artifacts", "contracts", `${name}.sol`, `${name}.json`);
  const { abi, bytecode } = JSON.parse(readFileSync(path, "utf8")) as { abi: InterfaceAbi; bytecode: string };
  const contract = await new ContractFactory(abi, bytecode, chain.account(0)).deploy(...args);
  await contract.waitForDeployment();
  return contract.getAddress();
}
