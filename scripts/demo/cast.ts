import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import { type Client, connect } from "@consentry/sdk";
import { type EncryptionKeyPair, newEncryptionKeyPair } from "@consentry/sdk/crypto";
import type { NetworkConnection } from "hardhat/types/network";
import { deploySuite } from "../deployment/deploy.js";
import { settingsToTry } from "../deployment/settings.js";

/** Somebody who takes part: an address, a client that signs with its key, and keys of its own to read with. */
export interface Actor {
  name: string;
  address: string;
  runner: HardhatEthersSigner;
  consentry: Client;
  /** For encryption; the private key can't be exported. */
  keyPair: EncryptionKeyPair;
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
    const [consentry, keyPair] = await Promise.all([connect({ runner, deployment }), newEncryptionKeyPair()]);
    return [role, { name, address: runner.address, runner, consentry, keyPair }] as const;
  });
  return Object.fromEntries(await Promise.all(actors)) as Cast;
}
