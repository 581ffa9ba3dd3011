import { BrowserProvider } from "ethers";
import { forgetWrites } from "../client.js";
import { settingsToTry } from "../deployments/settings.js";
import type { Deployment } from "../deployments/types.js";
import { TestbedError } from "../errors/testing.js";
import { InvalidParameterError } from "../errors/input.js";
import type { Eip1193Wallet } from "../transport/types.js";
import { type TimeInput, toDate, toStart } from "../values/dates.js";
import { type Actors, connectAll, keysOf, listProviders } from "./actors.js";
import { startChain } from "./chain.js";
import { deploy } from "./deploy.js";

/** A chain in this process, with the contracts deployed, for tests. Its keys are known to everybody. */
export interface Testbed {
  /** What `connect` takes, for clients of your own. */
  readonly deployment: Deployment;
  /** The node, after EIP-1193. */
  readonly provider: Eip1193Wallet;
  /** Who takes part, by name. */
  readonly actors: Actors;
  /** The time of the newest block. */
  readonly now: () => Promise<Date>;
  /**
   * Lets time pass: makes a block that is this many seconds, 1 at least, after the newest one.
   *
   * @throws InvalidParameterError
   */
  readonly travel: (seconds: number) => Promise<void>;
  /**
   * Makes a block with this time, which must be later than that of the newest one.
   *
   * @throws InvalidDateError, InvalidParameterError
   */
  readonly travelTo: (time: TimeInput) => Promise<void>;
  /**
   * Remembers the state of the chain.
   *
   * @returns puts the chain back to it, as often as it is called; snapshots that were taken later are gone then, and what
   * the clients of the actors remember of it. Connect clients of your own anew: they wait for what they wrote.
   * @throws TestbedError from what it returns, if an earlier snapshot was restored
   */
  readonly snapshot: () => Promise<() => Promise<void>>;
  /** Ends the chain; nothing can be asked any more. */
  readonly close: () => Promise<void>;
}

/**
 * Starts a chain in this process, deploys the contracts, and lists the providers: an application's tests need no node.
 *
 * It takes a few seconds: make one for many tests, and put it back by a snapshot. Needs the package `hardhat`, version 3.
 *
 * @throws TestbedError if Hardhat is not installed, or does not start
 * @example
 * import { createTestbed } from "@consentry/sdk/testing";
 *
 * const testbed = await createTestbed();
 * const { patient, clinic } = testbed.actors;
 * const question = { patient: patient.address, grantee: clinic.address, categories: ["LABS"], purpose: "TREAT" } as const;
 * console.log((await clinic.consentry.consents.decide(question)).decision); // NoConsent
 * await testbed.close();
 */
export async function createTestbed(): Promise<Testbed> {
  const chain = await startChain();
  const { provider } = chain;
  const ethersProvider = new BrowserProvider(provider, undefined, { cacheTimeout: -1 });
  const close = async (): Promise<void> => {
    ethersProvider.destroy();
    await chain.close();
  };
  try {
    const { deployer, wallets } = keysOf(ethersProvider);
    const { chainId } = await ethersProvider.getNetwork();
    const deployment = await deploy(deployer, Number(chainId), settingsToTry(wallets.consortium.address));
    const actors = await connectAll(wallets, deployment);
    await listProviders(actors);
    return { deployment, provider, actors, ...timeOf(provider), snapshot: () => snapshot(provider, actors), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function timeOf(provider: Eip1193Wallet): Pick<Testbed, "now" | "travel" | "travelTo"> {
  const seconds = async (): Promise<bigint> => {
    const block = await provider.request({ method: "eth_getBlockByNumber", params: ["latest", false] });
    return BigInt((block as { timestamp: string }).timestamp);
  };
  const mineAt = (time: bigint) => provider.request({ method: "evm_mine", params: [`0x${time.toString(16)}`] });
  return {
    now: async () => toDate(await seconds()),
    async travel(passed) {
      if (!Number.isSafeInteger(passed) || passed < 1) {
        throw new InvalidParameterError("seconds", "a whole number of 1 or more");
      }
      await mineAt((await seconds()) + BigInt(passed));
    },
    async travelTo(input) {
      const time = toStart(input, "time");
      const now = await seconds();
      if (time <= now) throw new InvalidParameterError("time", `later than ${toDate(now).toISOString()}`);
      await mineAt(time);
    },
  };
}

async function snapshot(provider: Eip1193Wallet, actors: Actors): Promise<() => Promise<void>> {
  let id = await provider.request({ method: "evm_snapshot" });
  return async () => {
    const restored = await provider.request({ method: "evm_revert", params: [id] });
    if (restored !== true) throw new TestbedError("The snapshot is gone, because an earlier one was restored.");
    // Otherwise they would wait for blocks that they saw and that are gone.
    for (const { consentry } of Object.values(actors)) forgetWrites(consentry);
    id = await provider.request({ method: "evm_snapshot" });
  };
}
