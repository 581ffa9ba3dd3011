import { type Client, connect, type Deployment } from "@consentry/sdk";
import type { Validator } from "../../poa/validator.js";
import { walk, type Walked } from "../walk.js";

/** What indexes are rebuilt from: one node, by the SDK and past it. */
export interface Source {
  node: Validator;
  deployment: Deployment;
  client: Client;
  walked: Walked;
}

export async function sourceAt(node: Validator, deployment: Deployment): Promise<Source> {
  const height = await node.until((each) => each > deployment.fromBlock);
  const [client, walked] = [await connect({ runner: node.url, deployment }), await walk(node, height)];
  return { node, deployment, client, walked };
}
