/** Sees to it that the deployer has kept nothing: asks the chain, not the deployment. */
import { Interface, toBeHex, zeroPadValue } from "ethers";
import type { Deployment } from "../../sdk/src/deployments/types.js";
import type { Chain, ChainLog } from "./chain.js";
import { OperatorError } from "./errors.js";
import { Role } from "./governance.js";

const MANAGER = new Interface([
  "event RoleGranted(uint64 indexed roleId, address indexed account, uint32 delay, uint48 since, bool newMember)",
  "event RoleRevoked(uint64 indexed roleId, address indexed account)",
  "function getAccess(uint64 roleId, address account) view returns (uint48 since, uint32, uint32, uint48)",
]);

/** The contracts that an administrator could have changed before it left. */
const GOVERNED = ["AccessManager", "ProviderRegistry", "AuditLog"] as const;

/**
 * @param deployer whose transactions made the deployment
 * @throws OperatorError if the deployer holds a role, or if anything but the deployment itself happened before it left
 */
export async function requireHandedOver(
  chain: Chain,
  { fromBlock, contracts }: Pick<Deployment, "fromBlock" | "contracts">,
  deployer: string,
): Promise<void> {
  const manager = contracts.AccessManager.address;
  const whose = zeroPadValue(deployer, 32);
  const logsOf = (event: string, role: string | null) =>
    chain.logs({ address: manager, fromBlock, topics: [MANAGER.getEvent(event)!.topicHash, role, whose] });

  const granted = await logsOf("RoleGranted", null);
  const roles = [...new Set(granted.map(({ topics }) => BigInt(topics[1] ?? 0)))];
  for (const role of roles) {
    const answer = await chain.call(manager, MANAGER.encodeFunctionData("getAccess", [role, deployer]));
    const [since] = MANAGER.decodeFunctionResult("getAccess", answer) as unknown as [bigint];
    if (since !== 0n) {
      throw new OperatorError(
        `The deployer ${deployer} holds the role ${role} of the AccessManager: the deployment must not be used.`,
      );
    }
  }

  const [left] = await logsOf("RoleRevoked", toBeHex(Role.ADMIN, 32));
  if (left === undefined) throw new OperatorError(`${deployer} did not make this deployment: continue with its key.`);
  const own = new Set([left.transactionHash, ...Object.values(contracts).map(({ transaction }) => transaction)]);
  const isForeign = ({ transactionHash }: ChainLog) => !own.has(transactionHash);
  for (const name of GOVERNED) {
    const { address } = contracts[name];
    const foreign = (await chain.logs({ address, fromBlock, toBlock: Number(left.blockNumber) })).find(isForeign);
    if (foreign === undefined) continue;
    throw new OperatorError(
      `Before the deployer left, the transaction ${foreign.transactionHash} changed the ${name}: the deployment must not be used.`,
    );
  }
}
