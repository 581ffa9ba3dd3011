/** A chain with an id of its own, on which a deployment is made in earnest: an account with code governs, and decisions wait. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HDNodeWallet, Interface, JsonRpcProvider, type TransactionReceipt, Wallet } from "ethers";
import hre from "hardhat";
import type { DeploymentRecord } from "../../../scripts/deployment/records.js";
import { AccessManager__factory as AccessManager } from "../../../sdk/src/generated/contracts/index.js";
import { type Anvil, startAnvil } from "../../sdk/anvil.js";
import { type Outcome, start } from "./command.js";

export const CHAIN_ID = 2026;
export const NETWORK = "trial";
export const [DIRECTORY_DELAY, ADMIN_DELAY] = [24 * 3600, 3 * 24 * 3600];

const PHRASE = "test test test test test test test test test test test junk";

/** An account of the node, by its index. */
export function account(index: number): Wallet {
  const { privateKey } = HDNodeWallet.fromPhrase(PHRASE, undefined, `m/44'/60'/0'/0/${index}`);
  return new Wallet(privateKey);
}

export const DEPLOYER = account(0);

export class Trial {
  readonly node: Anvil;
  readonly provider: JsonRpcProvider;
  /** Where deployments are recorded. */
  readonly folder = mkdtempSync(join(tmpdir(), "consentry-trial-"));
  /** A contract that governs. */
  consortium = "";

  private constructor(node: Anvil) {
    this.node = node;
    this.provider = new JsonRpcProvider(node.url, CHAIN_ID, { staticNetwork: true, cacheTimeout: -1 });
  }

  static async start(...options: string[]): Promise<Trial> {
    const trial = new Trial(await startAnvil(0, "--chain-id", String(CHAIN_ID), ...options));
    const { abi, bytecode } = await hre.artifacts.readArtifact("SmartWallet");
    const data = bytecode + new Interface(abi).encodeDeploy([account(1).address]).slice(2);
    const { contractAddress } = await trial.send(account(1).address, null, data);
    trial.consortium = contractAddress ?? "";
    return trial;
  }

  async close(): Promise<void> {
    this.provider.destroy();
    await this.node.stop();
    rmSync(this.folder, { recursive: true });
  }

  settings(more: Record<string, string> = {}): Record<string, string> {
    return {
      NETWORK_NAME: NETWORK,
      RPC_URL: this.node.url,
      CHAIN_ID: String(CHAIN_ID),
      DEPLOYER_KEY: DEPLOYER.privateKey,
      CONSORTIUM: this.consortium,
      REVIEWERS: account(2).address,
      DEPLOYMENTS_DIR: this.folder,
      ...more,
    };
  }

  deploy(more: Record<string, string> = {}, ...args: string[]): Promise<Outcome> {
    return this.deployWith(this.settings(more), ...args);
  }

  /** With these settings and no others. */
  deployWith(settings: Record<string, string>, ...args: string[]): Promise<Outcome> {
    return start("deploy.ts", ["--network", NETWORK, ...args], settings).outcome;
  }

  verify(more: Record<string, string> = {}, ...args: string[]): Promise<Outcome> {
    const settings = { ...this.settings(), DEPLOYER_KEY: "", CONSORTIUM: "", REVIEWERS: "", ...more };
    return start("verify.ts", ["--network", NETWORK, ...args], settings).outcome;
  }

  record(): DeploymentRecord {
    return JSON.parse(readFileSync(join(this.folder, NETWORK, "deployment.json"), "utf8")) as DeploymentRecord;
  }

  /** Sends as any account, with or without its key. */
  async send(from: string, to: string | null, data: string): Promise<TransactionReceipt> {
    await this.node.rpc("anvil_impersonateAccount", from);
    await this.node.rpc("anvil_setBalance", from, "0xde0b6b3a7640000");
    const hash = await this.node.rpc("eth_sendTransaction", { from, to, data });
    let receipt: TransactionReceipt | null = null;
    // A node that is busy mines it a little later.
    while (receipt === null) receipt = await this.provider.getTransactionReceipt(hash as string);
    if (receipt.status !== 1) throw new Error(`A transaction of ${from} failed.`);
    return receipt;
  }

  async wait(seconds: number): Promise<void> {
    await this.node.rpc("evm_increaseTime", seconds);
    await this.node.rpc("evm_mine");
  }

  /** What the consortium, or another administrator, announces, waits for and does: a call of the AccessManager. */
  async govern(name: string, args: unknown[], by = this.consortium): Promise<void> {
    const to = this.record().contracts.AccessManager.address;
    const data = MANAGER.encodeFunctionData(name, args);
    await this.send(by, to, MANAGER.encodeFunctionData("schedule", [to, data, 0]));
    await this.wait(ADMIN_DELAY);
    await this.send(by, to, MANAGER.encodeFunctionData("execute", [to, data]));
  }
}

const MANAGER: Interface = AccessManager.createInterface();
