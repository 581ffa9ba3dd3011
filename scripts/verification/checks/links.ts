/** The contracts know each other. */
import { Interface } from "ethers";
import type { ContractName } from "../../../sdk/src/deployments/types.js";
import type { Finding, Inspection } from "../types.js";
import { read } from "../views.js";

const LINKS: readonly [from: ContractName, view: string, to: ContractName][] = [
  ["ProviderRegistry", "authority", "AccessManager"],
  ["ConsentRegistry", "providers", "ProviderRegistry"],
  ["RecordRegistry", "consents", "ConsentRegistry"],
  ["AuditLog", "records", "RecordRegistry"],
  ["AuditLog", "authority", "AccessManager"],
];

const VIEWS = new Interface(
  ["authority", "providers", "consents", "records", "predecessor"].map(
    (name) => `function ${name}() view returns (address)`,
  ),
);

export async function checkLinks(inspection: Inspection): Promise<Finding[]> {
  const { chain, doubted } = inspection;
  const { contracts } = inspection.record;
  const found = await Promise.all(
    LINKS.filter(([from]) => !doubted.has(from)).map(async ([from, view, to]): Promise<Finding[]> => {
      const [actual] = await read(chain, contracts[from].address, VIEWS, view);
      if (actual === contracts[to].address) return [];
      const sentence = `${from}.${view} is ${String(actual)}, not ${to} at ${contracts[to].address}: find out who changed that, and have the consortium change it back (AccessManager.updateAuthority).`;
      return [{ check: "links", contract: from, sentence }];
    }),
  );
  return [...found.flat(), ...(await predecessorOf(inspection))];
}

async function predecessorOf({ chain, record, doubted }: Inspection): Promise<Finding[]> {
  const { predecessor, contracts } = record;
  if (predecessor === undefined || doubted.has("ConsentRegistry")) return [];
  const [actual] = await read(chain, contracts.ConsentRegistry.address, VIEWS, "predecessor");
  if (actual === predecessor) return [];
  const sentence = `ConsentRegistry.predecessor is ${String(actual)}, not ${predecessor}, which deployment.json says that it comes after: do not use it, and deploy anew.`;
  return [{ check: "links", contract: "ConsentRegistry", sentence }];
}
