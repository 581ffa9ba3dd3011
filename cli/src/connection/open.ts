import { type Client, connect } from "@consentry/sdk";
import type { GlobalOptions } from "../options/globals.js";
import { deploymentOf } from "./deployment.js";
import { nodeOf } from "./node.js";

/** Connects to the node for reading, after the deployment has been verified. */
export async function open(options: GlobalOptions): Promise<Client> {
  return connect({ runner: nodeOf(options), deployment: deploymentOf(options) });
}
