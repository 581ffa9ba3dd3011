/** A chain of one node on this machine, with the contracts. */
import type { Deployment } from "@consentry/sdk";
import { HDNodeWallet, JsonRpcProvider, Mnemonic, type Signer } from "ethers";
import { network } from "hardhat";
import { deploySuite } from "../deployment/deploy.js";
import { settingsToTry } from "../deployment/settings.js";

/** A chain that can be asked over HTTP. */
export interface LocalChain {
  url: string;
  deployment: Deployment;
  provider: JsonRpcProvider;
  /** The key of an account of the node, by its index. */
  account: (index: number) => Signer & { address: string };
  privateKey: (index: number) => string;
  close: () => Promise<void>;
}

const HOST = "127.0.0.1";
/** Hardhat's, which everybody knows. */
const PHRASE = Mnemonic.fromPhrase("test test test test test test test test test test test junk");
/** Governs the directory, and reviews. */
export const CONSORTIUM = 1;

/** Starts a node, deploys the contracts, and hands them over to the consortium. */
export async function startChain(port: number): Promise<LocalChain> {
  const server = await network.createServer("default", HOST, port);
  const listening = await server.listen();
  return deployOn(`http://${HOST}:${listening.port}`, () => server.close());
}

/**
 * Deploys the contracts on a chain that asks nothing for gas, or has funded the accounts.
 *
 * @param end ends the chain
 */
export async function deployOn(url: string, end: () => Promise<void>): Promise<LocalChain> {
  const root = HDNodeWallet.fromMnemonic(PHRASE, "m/44'/60'/0'/0");
  const privateKey = (index: number) => root.deriveChild(index).privateKey;
  const provider = new JsonRpcProvider(url, undefined, { cacheTimeout: -1, staticNetwork: true });
  const account = (index: number) => root.deriveChild(index).connect(provider);
  const close = async (): Promise<void> => {
    provider.destroy();
    await end();
  };
  const deployment = await deployAt(url, privateKey(0), account(CONSORTIUM).address).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return { url, deployment, provider, account, privateKey, close };
}

async function deployAt(url: string, key: string, consortium: string): Promise<Deployment> {
  const override = { url, accounts: [key] };
  const connection = await network.create({ network: "localhost", override });
  try {
    return await deploySuite(connection, { settings: settingsToTry(consortium) });
  } finally {
    await connection.close();
  }
}
