import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";
import type { NetworkConnection } from "hardhat/types/network";
import { deployContracts } from "../sdk/src/deployments/deployContracts.js";
import { type Settings, settingsToTry } from "../sdk/src/deployments/settings.js";
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

/** The contracts by name, with their types. */
interface Deployed {
  AccessManager: AccessManager;
  ProviderRegistry: ProviderRegistry;
  ConsentRegistry: ConsentRegistry;
  RecordRegistry: RecordRegistry;
  AuditLog: AuditLog;
  ERC7913WebAuthnVerifier: ERC7913WebAuthnVerifier;
  ERC7913P256Verifier: ERC7913P256Verifier;
}

/** Whether the consent registry comes after another in which nothing was said: then nothing shows of that. */
const IS_SUCCESSOR = process.env["CONSENTRY_SUCCESSOR"] === "true";

/** Deploys the contracts and hands them over as a deployment does, with these changes to its settings. */
export async function deploySuite({ ethers }: Connection, changes: Partial<Settings> = {}): Promise<Suite> {
  const accounts = await ethers.getSigners();
  const signers = Object.fromEntries(NAMES.map((name, i) => [name, accounts[i]])) as Signers;
  const { deployer, consortium, reviewer } = signers;
  const settings = { ...settingsToTry(consortium.address), reviewers: [reviewer.address], ...changes };
  const create = async (name: string, args: readonly unknown[]) => {
    const contract = await ethers.deployContract(name, [...args]);
    if (!IS_SUCCESSOR || name !== "ConsentRegistry") return contract;
    return ethers.deployContract("ConsentRegistrySuccessor", [contract, ...args]);
  };
  const suite: unknown = await deployContracts(create, deployer.address, settings);
  const deployed = suite as Deployed;
  return {
    manager: deployed.AccessManager,
    providers: deployed.ProviderRegistry,
    consents: deployed.ConsentRegistry,
    records: deployed.RecordRegistry,
    audit: deployed.AuditLog,
    webAuthnVerifier: deployed.ERC7913WebAuthnVerifier,
    p256Verifier: deployed.ERC7913P256Verifier,
    signers,
  };
}
