import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { NetworkConnection } from "hardhat/types/network";
import type {} from "../sdk/src/generated/contracts/hardhat.js";
import type {
  AccessManager,
  AuditLog,
  ConsentRegistry,
  ProviderRegistry,
  RecordRegistry,
} from "../sdk/src/generated/contracts/index.js";

/** A chain, as far as deploying needs it. */
export type Connection = Pick<NetworkConnection, "ethers">;

export type Signer = HardhatEthersSigner;

/** Who takes part, in the order of the chain's accounts. Nobody has a role yet but the consortium and the deployer. */
const NAMES = [
  "deployer",
  "consortium",
  "accreditor",
  "otherAccreditor",
  "patient",
  "otherPatient",
  "clinic",
  "hospital",
  "lab",
  "researcher",
  "member",
  "otherMember",
  "relayer",
  "stranger",
] as const;

export type Signers = Record<(typeof NAMES)[number], Signer>;

export interface Suite {
  manager: AccessManager;
  providers: ProviderRegistry;
  consents: ConsentRegistry;
  records: RecordRegistry;
  audit: AuditLog;
  signers: Signers;
}

/** Deploys the five contracts by the deployer; the consortium administers the `AccessManager`, the deployer keeps nothing. */
export async function deploySuite({ ethers }: Connection): Promise<Suite> {
  const accounts = await ethers.getSigners();
  const signers = Object.fromEntries(NAMES.map((name, i) => [name, accounts[i]])) as Signers;
  const manager = await ethers.deployContract("AccessManager", [signers.consortium.address]);
  const providers = await ethers.deployContract("ProviderRegistry", [await manager.getAddress()]);
  const consents = await ethers.deployContract("ConsentRegistry", [await providers.getAddress(), 14_400, 20, 86_400]);
  const records = await ethers.deployContract("RecordRegistry", [await consents.getAddress()]);
  const audit = await ethers.deployContract("AuditLog", [await records.getAddress()]);
  return { manager, providers, consents, records, audit, signers };
}
