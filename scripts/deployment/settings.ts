/** What a deployment is told from outside: .env, the environment, the chain. */
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ZeroAddress, getAddress, isAddress } from "ethers";
import { EMERGENCY, type EmergencySettings, type Settings } from "../../sdk/src/deployments/settings.js";
import { OperatorError } from "./errors.js";
import type { DeploymentRecord } from "./records.js";

export { type Settings, settingsToTry } from "../../sdk/src/deployments/settings.js";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The id of Hardhat's and Foundry's own chains, whose accounts everybody knows. */
export const DEVELOPMENT_CHAIN = 31337;

/** Where deployments are recorded, one folder per network. */
export function deploymentsFolder(): string {
  const folder = process.env.DEPLOYMENTS_DIR;
  if (folder === undefined || folder === "") return join(ROOT, "deployments");
  return isAbsolute(folder) ? folder : join(ROOT, folder);
}

const DAY = 24 * 3600;

/** The settings in the environment, with the defaults that .env.example tells; on a development chain nothing waits. */
export function settingsFor(chainId: number, accounts: readonly string[]): Settings {
  const consortium = consortiumFor(chainId, accounts);
  const isDevelopment = chainId === DEVELOPMENT_CHAIN;
  return {
    consortium,
    reviewers: reviewersFor(consortium, accounts),
    directoryDelay: numberIn("DIRECTORY_DELAY", isDevelopment ? 0 : DAY, 0),
    adminDelay: numberIn("ADMIN_DELAY", isDevelopment ? 0 : 3 * DAY, 0),
    emergency: emergency(),
  };
}

function emergency(): EmergencySettings {
  return {
    window: numberIn("EMERGENCY_WINDOW", EMERGENCY.window, 1),
    burst: numberIn("EMERGENCY_BURST", EMERGENCY.burst, 1),
    refill: numberIn("EMERGENCY_REFILL", EMERGENCY.refill, 1),
  };
}

/**
 * The settings of a deployment that comes after another: who governs that one governs this one.
 *
 * @throws OperatorError if .env says anything else
 */
export function settingsAfter({ network, governance }: DeploymentRecord, accounts: readonly string[]): Settings {
  const consortium = getAddress(governance.consortium);
  const reviewers = governance.reviewers.map((each) => getAddress(each));
  const { directoryDelay, adminDelay } = governance;
  if ([consortium, ...reviewers].includes(getAddress(accounts[0] ?? ZeroAddress))) {
    throw new OperatorError(
      `The deployer governs or reviews ${network}: deploy from another account, which holds nothing there.`,
    );
  }
  const said: [variable: string, said: unknown, recorded: unknown][] = [
    ["CONSORTIUM", holdersIn("CONSORTIUM", accounts), [consortium]],
    ["REVIEWERS", holdersIn("REVIEWERS", accounts), reviewers],
    ["DIRECTORY_DELAY", numberIn("DIRECTORY_DELAY", directoryDelay, 0), directoryDelay],
    ["ADMIN_DELAY", numberIn("ADMIN_DELAY", adminDelay, 0), adminDelay],
  ];
  for (const [variable, value, recorded] of said) {
    if (value === undefined || sorted(value) === sorted(recorded)) continue;
    throw new OperatorError(
      `${variable} is not what the record of ${network} says, ${sorted(recorded)}, which holds for what comes after it, too: leave ${variable} out of .env; what the consortium has changed is changed in the record.`,
    );
  }
  return { consortium, reviewers, directoryDelay, adminDelay, emergency: emergency() };
}

function sorted(value: unknown): string {
  return Array.isArray(value) ? value.map(String).sort().join(", ") : String(value);
}

/** The address that is to govern the directory: CONSORTIUM, or a development chain's second account. */
export function consortiumFor(chainId: number, accounts: readonly string[]): string {
  const given = textIn("CONSORTIUM");
  return given === undefined ? developmentConsortium(chainId, accounts) : holderIn("CONSORTIUM", given, accounts);
}

function developmentConsortium(chainId: number, accounts: readonly string[]): string {
  const second = accounts[1];
  if (chainId !== DEVELOPMENT_CHAIN || second === undefined) {
    throw new OperatorError("CONSORTIUM is not set: name the account that governs the provider directory in .env.");
  }
  return getAddress(second);
}

function reviewersFor(consortium: string, accounts: readonly string[]): string[] {
  return holdersIn("REVIEWERS", accounts) ?? [consortium];
}

/** Each of them once; undefined if the variable is not set. */
function holdersIn(variable: string, accounts: readonly string[]): string[] | undefined {
  const given = textIn(variable)?.split(",");
  return given && [...new Set(given.map((each) => holderIn(variable, each.trim(), accounts)))];
}

/** The address of somebody who is to hold a role. */
function holderIn(variable: string, given: string, accounts: readonly string[]): string {
  if (!isAddress(given) || getAddress(given) === ZeroAddress) {
    throw new OperatorError(`${variable} is not an address: ${given}. Correct it in .env.`);
  }
  const holder = getAddress(given);
  if (accounts[0] !== undefined && getAddress(accounts[0]) === holder) {
    throw new OperatorError(
      `${variable} is the deployer itself, which must keep nothing: name another account in .env.`,
    );
  }
  return holder;
}

function numberIn(variable: string, fallback: number, least: number): number {
  const given = textIn(variable) ?? String(fallback);
  const most = 2 ** 32 - 1;
  if (/^\d+$/.test(given) && Number(given) >= least && Number(given) <= most) return Number(given);
  throw new OperatorError(`${variable} is not a whole number from ${least} to ${most}: ${given}. Correct it in .env.`);
}

/** Undefined if it is not set, or empty. */
export function textIn(variable: string): string | undefined {
  return process.env[variable] === "" ? undefined : process.env[variable];
}
