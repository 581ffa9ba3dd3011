/** Who governs what: the roles of the AccessManager, and how they are set up. */
import { id } from "ethers";

/** The roles that the deployment knows; the AccessManager itself knows only the first. */
export const Role = {
  /** Appoints who holds which role, and with which delay. */
  ADMIN: 0n,
  /** What the consortium does in the directory. */
  DIRECTORY: 1n,
  /** States verdicts in the audit log. */
  REVIEWER: 2n,
} as const;

/** Who governs, and how long before each of their decisions takes effect it can be seen on the chain. */
export interface Governance {
  consortium: string;
  reviewers: readonly string[];
  /** Seconds between announcing and doing, for what the consortium does in the directory. */
  directoryDelay: number;
  /** Seconds between announcing and doing, for changes to roles and delays. */
  adminDelay: number;
  /** Who was the consortium before: whom the deployer handed over to, if that was another. */
  former?: readonly string[] | undefined;
}

/** The functions of a role, as they are signed. */
const FUNCTIONS = {
  directory: [
    "appointAccreditor(uint32,address)",
    "reinstate(address)",
    "setEmergency(address,bool)",
    "restoreOwnKey(address)",
    "moveIdentifier(bytes32,address)",
  ],
  reviewer: ["review(bytes32,uint8,bytes32)"],
};

/** A call of the AccessManager; addresses may be those of contracts that are still to be deployed. */
export type Call<Address> = readonly [name: string, args: (Address | bigint | number | string | string[])[]];

/**
 * What the AccessManager's first administrator calls, as one `multicall`: either nothing of it is done, or all, and then
 * the deployer holds nothing.
 */
export function handOver<Address>(
  { providers, audit, deployer }: Record<"providers" | "audit" | "deployer", Address>,
  { consortium, reviewers, directoryDelay, adminDelay }: Governance,
): Call<Address>[] {
  return [
    ["labelRole", [Role.DIRECTORY, "DIRECTORY"]],
    ["labelRole", [Role.REVIEWER, "REVIEWER"]],
    ["setTargetFunctionRole", [providers, FUNCTIONS.directory.map(selectorOf), Role.DIRECTORY]],
    openToReviewers(audit),
    ["grantRole", [Role.DIRECTORY, consortium, directoryDelay]],
    ...reviewers.map((reviewer): Call<Address> => ["grantRole", [Role.REVIEWER, reviewer, 0]]),
    ["grantRole", [Role.ADMIN, consortium, adminDelay]],
    ["renounceRole", [Role.ADMIN, deployer]],
  ];
}

/** Lets reviewers state verdicts in an audit log; for one that comes after another it is the consortium that calls this. */
export function openToReviewers<Address>(audit: Address): Call<Address> {
  return ["setTargetFunctionRole", [audit, FUNCTIONS.reviewer.map(selectorOf), Role.REVIEWER]];
}

function selectorOf(signature: string): string {
  return id(signature).slice(0, 10);
}
