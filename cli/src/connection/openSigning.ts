import { type Client, connect } from "@consentry/sdk";
import { JsonRpcProvider } from "ethers";
import { type KeyOptions, walletOf } from "../keys/walletOf.js";
import type { GlobalOptions } from "../options/globals.js";
import { nodeOf } from "./node.js";
import { open } from "./open.js";

/** A client that can write, and whose account it writes from. */
export interface Signing {
  client: Client;
  from: string;
}

/** Connects to the node for writing; the key is asked for once the deployment has been verified. */
export async function openSigning(options: GlobalOptions & KeyOptions): Promise<Signing> {
  const { deployment } = await open(options);
  const wallet = await walletOf(options);
  const provider = new JsonRpcProvider(nodeOf(options), deployment.chainId, {
    staticNetwork: true,
    cacheTimeout: -1,
    batchMaxCount: 1,
  });
  const client = await connect({ runner: wallet.connect(provider), deployment });
  return { client, from: wallet.address };
}
