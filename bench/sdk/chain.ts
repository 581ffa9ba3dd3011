import { type Client, connect, type Deployment } from "@consentry/sdk";
import { HDNodeWallet, JsonRpcProvider } from "ethers";
import { network } from "hardhat";
import { type Anvil, startAnvil } from "../../test/sdk/anvil.js";
import { deploymentOf } from "../../test/sdk/setup.js";
import { type IConsentRegistry, IConsentRegistry__factory } from "../../sdk/src/generated/contracts/index.js";
import { deploySuite } from "../../test/suite.js";
import { Lagging } from "./lagging.js";

const CHAIN_ID = 31337;
/** Without ethers' cache, its batches, and its question for the chain's id before each call. */
const OPTIONS = { staticNetwork: true, cacheTimeout: -1, batchMaxCount: 1 };
const MNEMONIC = "test test test test test test test test test test test junk";

/** A node of its own process with the suite, and the provider through which everything is measured. */
export interface Chain {
  provider: JsonRpcProvider;
  deployment: Deployment;
  /** The registry as ethers has it, through that provider. */
  registry: IConsentRegistry;
  /** Asks the node, also for what only anvil does. */
  rpc: Anvil["rpc"];
  /** One of the node's accounts that takes no part in the deployment, over a provider, that one if none is given. */
  account: (index: number, through?: JsonRpcProvider) => Wallet;
  laggingProvider: () => Lagging;
  clientOf: (runner: Wallet | JsonRpcProvider) => Promise<Client>;
  stop: () => Promise<void>;
}

export type Wallet = HDNodeWallet;

/** How many of the node's accounts take part in the deployment. */
const TAKEN = 15;

export async function startChain(): Promise<Chain> {
  const anvil = await startAnvil();
  const remote = await network.create({ network: "localhost", override: { url: anvil.url } });
  const deployment = await deploymentOf(await deploySuite(remote));
  await remote.close();
  const provider = new JsonRpcProvider(anvil.url, CHAIN_ID, OPTIONS);
  const providers = [provider];
  return {
    provider,
    deployment,
    registry: IConsentRegistry__factory.connect(deployment.contracts.ConsentRegistry.address, provider),
    rpc: anvil.rpc,
    account: (index, through = provider) =>
      HDNodeWallet.fromPhrase(MNEMONIC, "", pathOf(TAKEN + index)).connect(through),
    laggingProvider: () => {
      const another = new Lagging(anvil.url, CHAIN_ID, OPTIONS);
      providers.push(another);
      return another;
    },
    clientOf: (runner) => connect({ runner, deployment }),
    stop: async () => {
      for (const each of providers) each.destroy();
      await anvil.stop();
    },
  };
}

function pathOf(index: number): string {
  return `m/44'/60'/0'/0/${index}`;
}
