/** What was announced and waits to be done: whoever stole keys has to announce first, and until then it can be called off. */
import { Interface, type LogDescription, type Result, getAddress } from "ethers";
import { clean } from "../../../cli/src/output/clean.js";
import { CONTRACT_NAMES } from "../../../sdk/src/deployments/parseDeployment.js";
import { auditLogAbi, providerRegistryAbi } from "../../../sdk/src/generated/abis.js";
import { Chain } from "../../deployment/chain.js";
import { read } from "../../verification/views.js";
import type { ChainLook, Check, Finding } from "../types.js";

const MANAGER = new Interface([
  "event OperationScheduled(bytes32 indexed operationId, uint32 indexed nonce, uint48 schedule, address caller, address target, bytes data)",
  "function getSchedule(bytes32 id) view returns (uint48)",
]);

/** What can be announced. */
const CALLS = new Interface([
  ...[...providerRegistryAbi, ...auditLogAbi].filter((each) => each.startsWith("function")),
  "function grantRole(uint64 role, address account, uint32 delay)",
  "function revokeRole(uint64 role, address account)",
  "function labelRole(uint64 role, string label)",
  "function setRoleAdmin(uint64 role, uint64 admin)",
  "function setRoleGuardian(uint64 role, uint64 guardian)",
  "function setGrantDelay(uint64 role, uint32 delay)",
  "function setTargetAdminDelay(address target, uint32 delay)",
  "function setTargetClosed(address target, bool closed)",
  "function setTargetFunctionRole(address target, bytes4[] selectors, uint64 role)",
  "function updateAuthority(address target, address authority)",
]);

export const announced: Check<ChainLook> = {
  name: "what was announced",
  holds: 60,
  run: async (look) => {
    const waiting = await waitingIn(look);
    return {
      facts: [["announced", waiting.length === 0 ? "nothing" : `${waiting.length} decisions that wait`]],
      findings: waiting.map((event) => findingOf(event, look)),
      samples: [{ metric: "consentry_announced", value: waiting.length }],
    };
  },
};

/** Announced as last said; of what was done, called off or is too old the AccessManager says 0. */
async function waitingIn({ main, settings: { record } }: ChainLook): Promise<LogDescription[]> {
  const { address, block = record.fromBlock } = record.contracts.AccessManager;
  const request = ({ method, params = [] }: { method: string; params?: readonly unknown[] | object }) =>
    main.ask<unknown>(method, ...(params as readonly unknown[]));
  const chain = new Chain({ request });
  const topics = MANAGER.encodeFilterTopics("OperationScheduled", []);
  const logs = await chain.logs({ address, fromBlock: block, topics });
  const events = logs.map((log) => MANAGER.parseLog(log)).filter((event) => event !== null);
  const last = new Map(events.map((event) => [String(event.args["operationId"]), event]));
  const times = await Promise.all([...last.keys()].map((id) => read(chain, address, MANAGER, "getSchedule", [id])));
  return [...last.values()].filter((_, i) => times[i]?.[0] !== 0n);
}

function findingOf({ args }: LogDescription, { settings: { record } }: ChainLook): Finding {
  const { caller, target, data, schedule } = args as unknown as Record<string, string>;
  const at = getAddress(target ?? "");
  const contract = CONTRACT_NAMES.find((name) => getAddress(record.contracts[name].address) === at) ?? at;
  const time = new Date(Number(schedule) * 1000).toISOString();
  const sentence = `${caller ?? ""} announced ${contract}.${callIn(data ?? "")}, for ${time}: if the consortium did not decide that, have it called off before (AccessManager.cancel), and see docs/operations.md for stolen keys.`;
  return { severity: "warning", sentence };
}

function callIn(data: string): string {
  try {
    const call = CALLS.parseTransaction({ data });
    if (call !== null) return clean(`${call.name}(${textOf(call.args)})`);
  } catch {
    // No arguments of that function: it will fail.
  }
  return data.slice(0, 10);
}

function textOf(args: Result): string {
  return args.toArray(true).map(String).join(", ");
}
