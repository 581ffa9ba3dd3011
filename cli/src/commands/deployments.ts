import {
  connect,
  type Deployment,
  DeploymentMismatchError,
  knownDeployments,
  NoDeploymentError,
  WrongChainError,
} from "@consentry/sdk";
import type { Command } from "commander";
import { deploymentOf } from "../connection/deployment.js";
import { namedNode } from "../connection/node.js";
import { type ExitCode, FAILED, OK } from "../exitCodes.js";
import { examples } from "../help.js";
import { act } from "../options/act.js";
import type { GlobalOptions } from "../options/globals.js";
import { printDocument } from "../output/json.js";
import { type Cell, details } from "../output/tables.js";

/** Whether the contracts of a deployment are where they should be, as far as the node can tell. */
interface Check {
  status: "verified" | "failed" | "other chain" | "not checked";
  /** Why it failed. */
  error?: { code: string; message: string };
}

interface Checked extends Check {
  deployment: Deployment;
}

const DESCRIPTION = `List the deployments that are known, and that of --deployment, with their addresses.

With a node, tells of those on its chain whether there is code at each address, and whether the contracts are of one suite.`;

/** Adds `deployments`. */
export function addDeployments(program: Command, done: (code: ExitCode) => void): void {
  const command = program
    .command("deployments")
    .summary("list the deployments that are known, and verify them")
    .description(DESCRIPTION)
    .addHelpText(
      "after",
      examples(
        "consentry deployments",
        "consentry deployments --rpc http://127.0.0.1:8545 --deployment deployments/localhost/deployment.json --json",
      ),
    );
  act(command, done, deployments);
}

async function deployments(options: GlobalOptions): Promise<ExitCode> {
  const given = deploymentOf(options);
  const others = knownDeployments().filter(({ chainId }) => chainId !== given?.chainId);
  const all = given === undefined ? others : [given, ...others];
  const node = namedNode(options);
  const checked = await Promise.all(all.map(async (each) => ({ deployment: each, ...(await check(each, node)) })));
  if (options.json) printDocument({ deployments: checked.map(documentOf) });
  else
    process.stdout.write(checked.map(textOf).join("\n") || "No deployments are known: name one with --deployment.\n");
  const statuses = checked.map(({ status }) => status);
  if (statuses.includes("failed")) return FAILED;
  // Of the node's chain nothing is known: that says which it is.
  if (node !== undefined && !statuses.includes("verified")) await connect({ runner: node });
  return OK;
}

/** Throws what has to do with the node and not with the deployment. */
async function check(deployment: Deployment, node: string | undefined): Promise<Check> {
  if (node === undefined) return { status: "not checked" };
  try {
    await connect({ runner: node, deployment });
    return { status: "verified" };
  } catch (error) {
    if (error instanceof WrongChainError) return { status: "other chain" };
    if (!(error instanceof NoDeploymentError || error instanceof DeploymentMismatchError)) throw error;
    return { status: "failed", error: { code: error.code, message: error.shortMessage } };
  }
}

function documentOf({ deployment, ...result }: Checked): object {
  const { network, chainId, fromBlock, contracts } = deployment;
  const addresses = Object.entries(contracts).map(([name, { address }]) => [name, address]);
  return { network, chainId, fromBlock, ...result, contracts: Object.fromEntries(addresses) as object };
}

function textOf({ deployment, status, error }: Checked): string {
  const { network, chainId, fromBlock, contracts } = deployment;
  return details([
    ["Network", network],
    ["Chain", String(chainId)],
    ["From block", String(fromBlock)],
    ["Contracts", statusCell(status, error)],
    ...Object.entries(contracts).map(([name, { address }]): [string, Cell] => [`  ${name}`, address]),
  ]);
}

function statusCell(status: Check["status"], error: Check["error"]): Cell {
  if (status === "verified") return { color: "green", text: status };
  return error === undefined ? status : { color: "red", text: `${status}: ${error.message}` };
}
