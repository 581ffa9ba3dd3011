/** Who signs: a key of this process, or the account DEPLOYER_ADDRESS of a remote signer behind RPC_URL. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { parse } from "dotenv";
import { getAddress, isAddress } from "ethers";
import { OperatorError } from "./errors.js";
import { isOfSettings } from "./network.js";

/** Refuses a raw key in a file that git has or would take, and two signers at once. */
export function requireSafeSigner(): void {
  const { DEPLOYER_KEY: key, DEPLOYER_ADDRESS: account, DOTENV_CONFIG_PATH: path = ".env" } = process.env;
  if (key !== undefined && account !== undefined) {
    throw new OperatorError("DEPLOYER_KEY and DEPLOYER_ADDRESS are both set: keep the one that is to sign.");
  }
  if (holdsKey(path) && isSeenByGit(path)) {
    throw new OperatorError(
      `DEPLOYER_KEY stands in ${path}, which git commits: take it out, move what that account has to a new one, and put the new key into Hardhat's keystore (\`npx hardhat keystore set DEPLOYER_KEY\`).`,
    );
  }
}

/**
 * The accounts that can sign, the deployer first.
 *
 * @param accounts those that the node or the key gives
 * @throws OperatorError if DEPLOYER_ADDRESS is none of them
 */
export function deployerFirst(network: string, accounts: readonly string[]): string[] {
  const given = process.env.DEPLOYER_ADDRESS;
  const all = accounts.map((account) => getAddress(account));
  if (given === undefined || !isOfSettings(network)) return all;
  const isOne: boolean = isAddress(given);
  if (!isOne) throw new OperatorError(`DEPLOYER_ADDRESS is not an address: ${given}. Correct it in .env.`);
  const deployer = getAddress(given);
  if (!all.includes(deployer)) {
    throw new OperatorError(
      `The signer behind RPC_URL does not hold ${deployer}: unlock it there, or correct DEPLOYER_ADDRESS in .env.`,
    );
  }
  return [deployer, ...all.filter((account) => account !== deployer)];
}

function holdsKey(path: string): boolean {
  return existsSync(path) && (parse(readFileSync(path))["DEPLOYER_KEY"] ?? "") !== "";
}

/** Whether a file is tracked, or would be with the next `git add .`; where there is no git, it is neither. */
function isSeenByGit(path: string): boolean {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard", "--", basename(path)];
  try {
    return execFileSync("git", args, { cwd: dirname(resolve(path)), stdio: ["ignore", "pipe", "ignore"] }).length > 0;
  } catch {
    return false;
  }
}
