import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { TestbedError } from "../errors/testing.js";
import type { Eip1193Wallet } from "../transport/types.js";

/** A chain in this process that mines each transaction at once. */
export interface Chain {
  readonly provider: Eip1193Wallet;
  close(): Promise<void>;
}

const NETWORK = { type: "edr-simulated", chainType: "l1", hardfork: "prague" } as const;

/** This package's own folder: Hardhat wants to be in a project, and asks for nothing in it. */
const HERE = dirname(fileURLToPath(import.meta.url));

/**
 * Starts a chain with Hardhat's usual accounts, without any configuration of Hardhat.
 *
 * @throws TestbedError if Hardhat is not installed, or does not start
 */
export async function startChain(): Promise<Chain> {
  try {
    const { createHardhatRuntimeEnvironment } = await import("hardhat/hre");
    const { network } = await createHardhatRuntimeEnvironment({ networks: { testbed: NETWORK } }, {}, HERE);
    const connection = await network.create("testbed");
    return { provider: connection.provider, close: () => connection.close() };
  } catch (error) {
    throw new TestbedError("Hardhat is not installed, or does not start.", error);
  }
}
