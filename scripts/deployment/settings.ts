/** What a deployment is told from outside: .env, the environment, the chain. */
import { isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ZeroAddress, getAddress, isAddress } from "ethers";
import { OperatorError } from "./errors.js";

export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The id of Hardhat's and Foundry's own chains, whose accounts everybody knows. */
export const DEVELOPMENT_CHAIN = 31337;

/** Where deployments are recorded, one folder per network. */
export function deploymentsFolder(): string {
  const folder = process.env.DEPLOYMENTS_DIR;
  if (folder === undefined || folder === "") return join(ROOT, "deployments");
  return isAbsolute(folder) ? folder : join(ROOT, folder);
}

/** The address that is to govern the directory: CONSORTIUM, or a development chain's second account. */
export function consortiumFor(chainId: number, accounts: readonly string[]): string {
  const given = process.env.CONSORTIUM;
  if (given === undefined || given === "") return developmentConsortium(chainId, accounts);
  if (!isAddress(given) || getAddress(given) === ZeroAddress) {
    throw new OperatorError(`CONSORTIUM is not an address: ${given}. Correct it in .env.`);
  }
  const consortium = getAddress(given);
  if (accounts[0] !== undefined && getAddress(accounts[0]) === consortium) {
    throw new OperatorError(
      "CONSORTIUM is the deployer itself, which must keep nothing: name another account in .env.",
    );
  }
  return consortium;
}

function developmentConsortium(chainId: number, accounts: readonly string[]): string {
  const second = accounts[1];
  if (chainId !== DEVELOPMENT_CHAIN || second === undefined) {
    throw new OperatorError("CONSORTIUM is not set: name the account that governs the provider directory in .env.");
  }
  return getAddress(second);
}
