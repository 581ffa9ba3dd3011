/** What a deployment would do and cost; nothing is sent, and nothing written. */
import { formatEther } from "ethers";
import { RENEWED } from "../../sdk/src/deployments/deployContracts.js";
import { CONTRACT_NAMES } from "../../sdk/src/deployments/parseDeployment.js";
import type { Deployment } from "../../sdk/src/deployments/types.js";
import type { Chain } from "./chain.js";
import { OperatorError } from "./errors.js";
import { readJournal } from "./journal.js";
import { makingOf } from "./line.js";
import { type Making, rehearse } from "./rehearsal.js";
import type { Settings } from "./settings.js";

export interface Step {
  /** A contract's name, or `HandOver`. */
  name: string;
  /** Where a contract will be, or is. */
  address: string | undefined;
  gas: bigint;
  /** Sent by an earlier run that was interrupted. */
  isDone: boolean;
}

export interface DryRun {
  deployer: string;
  steps: Step[];
  /** What is still to be paid, at the node's present price of gas, in the smallest unit of the chain's currency. */
  price: bigint;
  cost: bigint;
  balance: bigint;
}

/**
 * Asks the chain for the deployer's nonce, balance and the price of gas, and rehearses the rest.
 *
 * @param earlier the deployments that this one comes after
 */
export async function dryRun(
  chain: Chain,
  deployer: string,
  settings: Settings,
  directory: string | undefined,
  earlier: readonly Deployment[] = [],
): Promise<DryRun> {
  const next = await chain.nonceOf(deployer, "pending");
  const nonce = directory === undefined ? next : (readJournal(directory).firstNonces.get(deployer) ?? next);
  const made = await Promise.all(earlier.map((each) => requireMaking(chain, each, settings)));
  const { contracts, gas } = await rehearse(await chain.id(), [...made, { deployer, nonce, settings }]);
  const names = earlier.length === 0 ? CONTRACT_NAMES : RENEWED;
  const steps = gas.map((used, index): Step => {
    const name = names[index];
    const address = name && contracts[name].address;
    return { name: name ?? "HandOver", address, gas: used, isDone: nonce + index < next };
  });
  const [price, balance] = await Promise.all([chain.gasPrice(), chain.balanceOf(deployer)]);
  return { deployer, steps, price, cost: price * gasOf(steps), balance };
}

async function requireMaking(chain: Chain, deployment: Deployment, settings: Settings): Promise<Making> {
  const making = await makingOf(chain, deployment, settings);
  if (making !== undefined) return making;
  throw new OperatorError(
    `The record of ${deployment.network} does not tell how that was deployed: verify it first (npm run verify -- --network ${deployment.network}).`,
  );
}

/** What a dry run tells, line by line. */
export function linesOf({ deployer, steps, price, cost, balance }: DryRun): string[] {
  const rows = steps.map(({ name, address = "", gas, isDone }) => {
    const paid = isDone ? "done" : `${gas} gas, ${formatEther(gas * price)}`;
    return `  ${name.padEnd(23)} ${address.padEnd(42)}  ${paid}`;
  });
  return [
    `From ${deployer}, which has ${formatEther(balance)} of the chain's currency:`,
    ...rows,
    `In all ${gasOf(steps)} gas, ${formatEther(cost)} at the present price of ${formatEther(price)} each.`,
    ...(balance < cost ? [`That is more than the deployer has: send it ${formatEther(cost - balance)} at least.`] : []),
    "A dry run: nothing was sent.",
  ];
}

/** Of those steps that are still to be done. */
function gasOf(steps: readonly Step[]): bigint {
  return steps.reduce((sum, { gas, isDone }) => (isDone ? sum : sum + gas), 0n);
}
