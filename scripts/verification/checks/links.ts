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
  ["authority", "providers", "consents", "records"].map((name) => `function ${name}() view returns (address)`),
);

export async function checkLinks({ chain, record: { contracts }, doubted }: Inspection): Promise<Finding[]> {
  const found = await Promise.all(
    LINKS.filter(([from]) => !doubted.has(from)).map(async ([from, view, to]): Promise<Finding[]> => {
      const [actual] = await read(chain, contracts[from].address, VIEWS, view);
      if (actual === contracts[to].address) return [];
      const sentence = `${from}.${view} is ${String(actual)}, not ${to} at ${contracts[to].address}: find out who changed that, and have the consortium change it back (AccessManager.updateAuthority).`;
      return [{ check: "links", contract: from, sentence }];
    }),
  );
  return found.flat();
}
