/** Sees to it that the deployer has kept nothing: asks the chain, not the deployment. */
import { Interface } from "ethers";
import type { Chain } from "./chain.js";
import { OperatorError } from "./errors.js";

const MANAGER = new Interface([
  "event RoleGranted(uint64 indexed roleId, address indexed account, uint32 delay, uint48 since, bool newMember)",
  "function getAccess(uint64 roleId, address account) view returns (uint48 since, uint32, uint32, uint48)",
]);

/**
 * Asks for every role that the deployer was ever given, also one that is still to begin.
 *
 * @param manager the address of the AccessManager
 * @param fromBlock the block before which it was not there
 * @throws OperatorError if the deployer holds one
 */
export async function requireHandedOver(
  chain: Chain,
  manager: string,
  fromBlock: number,
  deployer: string,
): Promise<void> {
  const topics = MANAGER.encodeFilterTopics("RoleGranted", [null, deployer]);
  const granted = await chain.logs({ address: manager, fromBlock, topics });
  for (const role of new Set(granted.map((log) => log.topics[1]))) {
    const answer = await chain.call(manager, MANAGER.encodeFunctionData("getAccess", [role, deployer]));
    if (MANAGER.decodeFunctionResult("getAccess", answer)["since"] === 0n) continue;
    throw new OperatorError(
      `The deployer ${deployer} holds the role ${Number(role)} of the AccessManager: do not use this deployment.`,
    );
  }
}
