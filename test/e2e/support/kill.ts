/** Kills a deployment at one of its transactions. */
import { expect } from "chai";
import type { Run } from "./command.js";
import { type Node, type Watcher, openGate } from "./node.js";

/** Where a deployment stands in the moment at which it is killed. */
export type Moment = "not sent" | "mined, unheard" | "waiting, unheard" | "waiting, heard";

/**
 * Kills the command when it sends its `count`-th transaction from now on, in the given moment.
 *
 * @param launch starts the command with this URL of a node
 */
export async function killAt(node: Node, launch: (url: string) => Run, moment: Moment, count: number): Promise<void> {
  let creations = 0;
  let struck = false;
  const strike = () => {
    struck = true;
    run.child.kill("SIGKILL");
  };
  const watcher: Watcher = async (method, pass) => {
    if (struck) return;
    const isLast = method === "eth_sendRawTransaction" && ++creations === count;
    if (!isLast) {
      await pass();
      // The command has heard of its last transaction when it asks for it.
      if (creations >= count && method === "eth_getTransactionByHash") strike();
      return;
    }
    if (moment === "not sent") {
      strike();
      return;
    }
    if (moment.startsWith("waiting")) await node.ask("evm_setAutomine", false);
    await pass();
    if (moment.endsWith("unheard")) strike();
  };
  const gate = await openGate(node, watcher);
  const run = launch(gate.url);
  const { code, stderr } = await run.outcome;
  await gate.close();
  expect({ struck, code, stderr }).to.deep.equal({ struck: true, code: null, stderr: "" });
}

/** Lets the chain go on, a moment after the next run has begun. */
export async function mineSoon(node: Node): Promise<void> {
  await node.ask("evm_setAutomine", true);
  setTimeout(() => void node.ask("evm_mine").catch(() => undefined), 2_500);
}
