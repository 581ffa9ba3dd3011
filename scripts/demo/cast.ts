import { type Client, connect } from "@consentry/sdk";
import type { NetworkConnection } from "hardhat/types/network";
import { deploySuite } from "../deployment/deploy.js";
import { settingsToTry } from "../deployment/settings.js";

/** Somebody who takes part: an address, and a client that signs with its key. */
export interface Actor {
  name: string;
  address: string;
  consentry: Client;
}

const NAMES = {
  consortium: "The consortium",
  council: "The medical council",
  patient: "The patient",
  hospital: "General Hospital",
  clinic: "Heart Clinic",
  insurer: "Mutual Insurance",
} as const;

export type Cast = Record<keyof typeof NAMES, Actor>;

/** Deploys the contracts by an account that takes no further part, and gives everybody a client. */
export async function assemble(connection: NetworkConnection): Promise<Cast> {
  const [, ...signers] = await connection.ethers.getSigners();
  const [consortium] = signers;
  if (consortium === undefined) throw new Error("The chain has no accounts.");
  const deployment = await deploySuite(connection, { settings: settingsToTry(consortium.address) });
  const actors = Object.entries(NAMES).map(async ([role, name], i) => {
    const runner = signers[i];
    if (runner === undefined) throw new Error(`The chain has no account for ${name}.`);
    return [role, { name, address: runner.address, consentry: await connect({ runner, deployment }) }] as const;
  });
  return Object.fromEntries(await Promise.all(actors)) as Cast;
}
