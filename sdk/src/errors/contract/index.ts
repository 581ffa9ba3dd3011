import { type ErrorDescription, Interface } from "ethers";
import { auditLogAbi, consentRegistryAbi, providerRegistryAbi, recordRegistryAbi } from "../../generated/abis.js";
import { type ContractError, type ErrorOrigin, valueOf } from "./base.js";
import * as audit from "./audit.js";
import * as consents from "./consents.js";
import * as control from "./control.js";
import * as emergency from "./emergency.js";
import * as openZeppelin from "./openZeppelin.js";
import { abi as openZeppelinAbi } from "./openZeppelinAbi.js";
import * as providers from "./providers.js";
import * as records from "./records.js";
import * as recovery from "./recovery.js";

const MODULES = [audit, consents, control, emergency, openZeppelin, providers, records, recovery];

type AnyClass = new (args: Record<string, unknown>, origin?: ErrorOrigin) => ContractError;

/** The ABI of every error that has a class. */
const errorAbi = /* @__PURE__ */ [
  ...[auditLogAbi, consentRegistryAbi, providerRegistryAbi, recordRegistryAbi]
    .flat()
    .filter((item) => item.startsWith("error ")),
  ...openZeppelinAbi,
];

let errorInterface: Interface | undefined;

/** The class of an error, by its name in the contract. */
export function contractErrorClass(errorName: string): AnyClass | undefined {
  const exported: unknown[] = MODULES.flatMap((module) => Object.values(module));
  return exported.filter(isErrorClass).find((each) => each.errorName === errorName);
}

/** The typed error of revert data; undefined if the data is of no known error. */
export function decodeContractError(data: string, cause?: unknown): ContractError | undefined {
  const parsed = parseError(data);
  const type = parsed === undefined ? undefined : contractErrorClass(parsed.name);
  if (parsed === undefined || type === undefined) return undefined;
  const { inputs } = parsed.fragment;
  const args = inputs.map(({ name }, i) => [name, valueOf(name, parsed.args[i])] as const);
  return new type(Object.fromEntries(args), { data, cause });
}

/** Undefined for data that is too short, or of another error. */
function parseError(data: string): ErrorDescription | undefined {
  errorInterface ??= new Interface(errorAbi);
  try {
    return errorInterface.parseError(data) ?? undefined;
  } catch {
    return undefined;
  }
}

function isErrorClass(value: unknown): value is AnyClass & { errorName: string } {
  return typeof value === "function" && "errorName" in value;
}
