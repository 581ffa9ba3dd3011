import type { Deployment } from "@consentry/sdk";
import { network } from "hardhat";
import type { Settings } from "../../sdk/src/deployments/settings.js";
import { deploySuite } from "../suite.js";
import { deploymentOf } from "./setup.js";

/** A node behind HTTP and WebSocket, with the suite deployed. */
export interface Served {
  url: string;
  deployment: Deployment;
  close(): Promise<void>;
}

/** Starts a node that mines each transaction at once; the suite has these changes to its settings. */
export async function startServer(changes: Partial<Settings> = {}): Promise<Served> {
  const server = await network.createServer("default", "127.0.0.1");
  const { port } = await server.listen();
  const url = `http://127.0.0.1:${port}`;
  const remote = await network.create({ network: "localhost", override: { url } });
  const deployment = await deploymentOf(await deploySuite(remote, changes));
  await remote.close();
  return { url, deployment, close: () => server.close() };
}
