import { Contract, Interface } from "ethers";
import type { Context } from "../context.js";
import { directoryAbi, managerAbi } from "../generated/abis.js";
import type { AccessManager } from "../generated/contracts/@openzeppelin/contracts/access/manager/AccessManager.js";
import type { IProviderRegistry } from "../generated/contracts/contracts/interfaces/IProviderRegistry.js";

export const managerInterface = /* @__PURE__ */ new Interface(managerAbi);
export const directoryInterface = /* @__PURE__ */ new Interface(directoryAbi);

/** The AccessManager: who may do what, and what waits. */
export function managerOf({ deployment, transport }: Context): AccessManager {
  const { address } = deployment.contracts.AccessManager;
  return new Contract(address, managerInterface, transport.runner) as unknown as AccessManager;
}

/** The directory with all of its functions, of which the core has only those that it calls. */
export function directoryOf({ deployment, transport }: Context): IProviderRegistry {
  const { address } = deployment.contracts.ProviderRegistry;
  return new Contract(address, directoryInterface, transport.runner) as unknown as IProviderRegistry;
}
