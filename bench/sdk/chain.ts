import { type Client, connect, type Deployment } from "@consentry/sdk";
import { HDNodeWallet, JsonRpcProvider, type Signer } from "ethers";
import { network } from "hardhat";
import { type Anvil, startAnvil } from "../../test/sdk/anvil.js";
import { deploymentOf } from "../../test/sdk/setup.js";
import { deploySuite } from "../../test/suite.js";

const MNEMONIC = "test test test test test test test test test test test junk";

/** A node of its own process with the suite, and the provider through which everything is measured. */
export interface Chain {
  anvil: Anvil;
  provider: JsonRpcProvider;
  deployment: Deployment;
  /** One of the node's accounts that takes no part in the deployment, with its key here. */
  account: (index: number) => Signer & { address: string };
  clientOf: (runner: Signer | JsonRpcProvider) => Promise<Client>;
  stop: () => Promise<void>;
}

export async function startChain(): Promise<Chain> {
  const anvil = await startAnvil();
  const remote = await network.create({ network: "localhost", override: { url: anvil.url } });
  const deployment = await deploymentOf(await deploySuite(remote));
  await remote.close();
  const provider = providerOf(anvil.url);
  return {
    anvil,
    provider,
    deployment,
    account: (index) => HDNodeWallet.fromPhrase(MNEMONIC, "", `m/44'/60'/0'/0/${index}`).connect(provider),
    clientOf: (runner) => connect({ runner, deployment }),
    stop: async () => {
      provider.destroy();
      await anvil.stop();
    },
  };
}

/** Without ethers' cache, its batches, and its question for the chain's id before each call. */
function providerOf(url: string): JsonRpcProvider {
  return new JsonRpcProvider(url, 31337, { staticNetwork: true, cacheTimeout: -1, batchMaxCount: 1 });
}
