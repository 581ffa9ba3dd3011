import { HDNodeWallet, Mnemonic, type Provider, Wallet } from "ethers";
import type { Client } from "../client.js";
import { connect } from "../connect.js";
import type { Deployment } from "../deployments/types.js";

/** Who takes part, in the order of the accounts of Hardhat's chain; before them comes the deployer, who keeps nothing. */
const NAMES = [
  "consortium",
  "accreditor",
  "patient",
  "otherPatient",
  "hospital",
  "clinic",
  "researcher",
  "doctor",
  "gateway",
  "stranger",
] as const;

/**
 * Who takes part in a testbed.
 *
 * - `consortium` governs, `accreditor` lists providers.
 * - `patient` and `otherPatient` have granted nothing.
 * - `hospital` is an organization that contributes records, `clinic` one that only reads, `researcher` is one.
 * - `doctor` is a member of the clinic that reads.
 * - `gateway` is the key of your server: a member of hospital, clinic and researcher that reads, so it logs for them.
 * - `stranger` is known to nobody.
 */
export type ActorName = (typeof NAMES)[number];

/** Somebody who takes part: a key with funds, and a client that signs with it. */
export interface Actor {
  name: ActorName;
  address: string;
  wallet: Wallet;
  consentry: Client;
}

/** Everybody who takes part, by name. */
export type Actors = Record<ActorName, Actor>;

/** The public keys' phrase of every development chain. */
const PHRASE = "test test test test test test test test test test test junk";

/** The keys of Hardhat's accounts: everybody knows them. */
export function keysOf(provider: Provider): { deployer: Wallet; wallets: Record<ActorName, Wallet> } {
  const root = HDNodeWallet.fromMnemonic(Mnemonic.fromPhrase(PHRASE), "m/44'/60'/0'/0");
  const wallet = (index: number) => new Wallet(root.deriveChild(index).privateKey, provider);
  const wallets = Object.fromEntries(NAMES.map((name, i) => [name, wallet(i + 1)]));
  return { deployer: wallet(0), wallets: wallets as Record<ActorName, Wallet> };
}

/** A client for everybody. */
export async function connectAll(wallets: Record<ActorName, Wallet>, deployment: Deployment): Promise<Actors> {
  const actors = NAMES.map(async (name): Promise<[ActorName, Actor]> => {
    const wallet = wallets[name];
    return [name, { name, address: wallet.address, wallet, consentry: await connect({ runner: wallet, deployment }) }];
  });
  return Object.fromEntries(await Promise.all(actors)) as Actors;
}

/** Lists the providers in the directory, and their members. */
export async function listProviders({ consortium, accreditor, ...others }: Actors): Promise<void> {
  const { hospital, clinic, researcher, doctor, gateway } = others;
  await consortium.consentry.providers.appointAccreditor({ accreditor: 1, account: accreditor.address });
  for (const [{ name, address: provider }, kind, capabilities] of [
    [hospital, "organization", ["contribute"]],
    [clinic, "organization", []],
    [researcher, "researcher", []],
  ] as const) {
    await accreditor.consentry.providers.register({ provider, kind, capabilities, name, until: "until-revoked" });
  }
  for (const [{ consentry }, { address: member }] of [
    [hospital, gateway],
    [clinic, gateway],
    [researcher, gateway],
    [clinic, doctor],
  ] as const) {
    await consentry.providers.setMember({ member, abilities: ["read"], until: "until-revoked" });
  }
}
