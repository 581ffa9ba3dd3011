import type { Chain } from "../chain.js";
import type { Figures } from "../operations.js";
import { measureAccessControl } from "./accessControl.js";
import { measureAccessManager } from "./accessManager.js";
import { measureEas } from "./eas.js";
import { measureErc1056 } from "./erc1056.js";
import { measureErc20Permit } from "./erc20Permit.js";

/** Contracts that do something of the kind, by name. Each measures only what it has a true counterpart for. */
const PEERS: Readonly<Record<string, (chain: Chain) => Promise<Figures>>> = {
  AccessControl: measureAccessControl,
  AccessManager: measureAccessManager,
  ERC20Permit: measureErc20Permit,
  "ERC-1056": measureErc1056,
  EAS: measureEas,
};

export const PEER_NAMES = Object.keys(PEERS);

export async function measurePeers(chain: Chain): Promise<Record<string, Figures>> {
  const figures: Record<string, Figures> = {};
  for (const [name, measure] of Object.entries(PEERS)) figures[name] = await measure(chain);
  return figures;
}
