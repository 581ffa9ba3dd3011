import type { ContractName, Deployment } from "../../sdk/src/deployments/types.js";
import type { Chain } from "../deployment/chain.js";
import type { DeploymentRecord } from "../deployment/records.js";

/** What is not as it should be: one sentence that says what to do. */
export interface Finding {
  check: "chain" | "record" | "code" | "creation" | "links" | "roles" | "functions" | "handOver" | "consortium";
  /** Whose it is; undefined for the chain. */
  contract?: ContractName;
  sentence: string;
}

/** What the checks go by. */
export interface Inspection {
  chain: Chain;
  record: DeploymentRecord;
  /** The deployments of the chain that it comes after, and those that come after it. */
  others: readonly Deployment[];
  /** Who deployed the AccessManager, as it is recorded. */
  deployer: string;
  /** Who deployed each contract: the same, but for those that are new after another deployment. */
  deployers: Record<ContractName, string>;
  build: Record<ContractName, Build>;
  /** Contracts that are not what they should be, so that what they say does not count. */
  doubted: ReadonlySet<ContractName>;
}

/** What this repository builds a contract to. */
export interface Build {
  abi: readonly unknown[];
  /** What a creating transaction carries before the arguments. */
  creationCode: string;
  /** What runs at the recorded address after a construction with the recorded arguments; undefined if there can't be one. */
  code: string | undefined;
  /** Where in it the constructor's values stand, in bytes. */
  values: readonly { start: number; length: number }[];
}

/** What this repository builds each contract to, deployed as it is recorded, after those earlier ones. */
export type BuildOf = (
  chain: Chain,
  record: DeploymentRecord,
  earlier: readonly Deployment[],
) => Promise<Record<ContractName, Build>>;

export type Check = (inspection: Inspection) => Promise<Finding[]> | Finding[];
