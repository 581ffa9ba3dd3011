import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { NetworkConnection } from "hardhat/types/network";
import { handOver } from "../scripts/deployment/governance.js";
import { type Settings, settingsToTry } from "../scripts/deployment/settings.js";
import type {} from "../sdk/src/generated/contracts/hardhat.js";
import type {
  AccessManager,
  AuditLog,
  ConsentRegistry,
  ERC7913P256Verifier,
  ERC7913WebAuthnVerifier,
  ProviderRegistry,
  RecordRegistry,
} from "../sdk/src/generated/contracts/index.js";

/** A chain, as far as deploying needs it. */
export type Connection = Pick<NetworkConnection, "ethers">;

export type Signer = HardhatEthersSigner;

/** Who takes part, in the order of the chain's accounts. Nobody has a role yet but the consortium and the reviewer. */
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
  "reviewer",
] as const;

export type Signers = Record<(typeof NAMES)[number], Signer>;

export interface Suite {
  manager: AccessManager;
  providers: ProviderRegistry;
  consents: ConsentRegistry;
  records: RecordRegistry;
  audit: AuditLog;
  webAuthnVerifier: ERC7913WebAuthnVerifier;
  p256Verifier: ERC7913P256Verifier;
  signers: Signers;
}

/** Deploys the contracts and hands them over as a deployment does, with these changes to its settings. */
export async function deploySuite({ ethers }: Connection, changes: Partial<Settings> = {}): Promise<Suite> {
  const accounts = await ethers.getSigners();
  const signers = Object.fromEntries(NAMES.map((name, i) => [name, accounts[i]])) as Signers;
  const { deployer, consortium, reviewer } = signers;
  const settings = { ...settingsToTry(consortium.address), reviewers: [reviewer.address], ...changes };
  const { window, burst, refill } = settings.emergency;
  const manager = await ethers.deployContract("AccessManager", [deployer.address]);
  const providers = await ethers.deployContract("ProviderRegistry", [await manager.getAddress()]);
  const consents = await ethers.deployContract("ConsentRegistry", [
    await providers.getAddress(),
    window,
    burst,
    refill,
  ]);
  const records = await ethers.deployContract("RecordRegistry", [await consents.getAddress()]);
  const audit = await ethers.deployContract("AuditLog", [await records.getAddress()]);
  const webAuthnVerifier = await ethers.deployContract("ERC7913WebAuthnVerifier");
  const p256Verifier = await ethers.deployContract("ERC7913P256Verifier");
  const parties = {
    providers: await providers.getAddress(),
    audit: await audit.getAddress(),
    deployer: deployer.address,
  };
  const calls = handOver(parties, settings).map(([name, args]) =>
    manager.interface.encodeFunctionData(name as never, args as never),
  );
  await manager.connect(deployer).multicall(calls);
  return { manager, providers, consents, records, audit, webAuthnVerifier, p256Verifier, signers };
}
