import type { Interface } from "ethers";
import type { Context } from "../context.js";
import type { ContractName } from "../deployments/types.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { isSameAddress } from "../values/address.js";
import { directoryInterface, managerInterface } from "./contracts.js";

/** A call, in words where the contract and the function are known. */
export interface DescribedCall extends UnsignedTransaction {
  /** Undefined for a contract that the deployment does not have. */
  contract: ContractName | undefined;
  /** The function, as in `setEmergency`; undefined if it is not known, or the data does not fit it. */
  name: string | undefined;
  /** Its arguments by name, as the contract has them; undefined with `name`. */
  args: Readonly<Record<string, unknown>> | undefined;
}

/** Says what a call does. */
export function describeCall(context: Context, { to, data }: UnsignedTransaction): DescribedCall {
  const names = Object.keys(context.deployment.contracts) as ContractName[];
  const contract = names.find((name) => isSameAddress(context.deployment.contracts[name].address, to));
  const known = contract === undefined ? undefined : interfaceOf(context, contract);
  return { to, data, contract, ...(known === undefined ? UNKNOWN : parsed(known, data)) };
}

const UNKNOWN = { name: undefined, args: undefined };

function interfaceOf({ audit }: Context, contract: ContractName): Interface | undefined {
  switch (contract) {
    case "AccessManager":
      return managerInterface;
    case "ProviderRegistry":
      return directoryInterface;
    case "AuditLog":
      return audit.interface;
    default:
      return undefined;
  }
}

/** Whoever announces chooses the data, which need not fit the function. */
function parsed(known: Interface, data: string): Pick<DescribedCall, "name" | "args"> {
  try {
    const call = known.parseTransaction({ data });
    return call === null ? UNKNOWN : { name: call.name, args: call.args.toObject(true) };
  } catch {
    return UNKNOWN;
  }
}
