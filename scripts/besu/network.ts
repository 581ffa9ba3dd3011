/** What all nodes of a network must have in common: its first block, its peers, who may connect and who may send. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getAddress, isAddress } from "ethers";
import { OperatorError } from "../deployment/errors.js";
import { DEVELOPMENT_CHAIN, ROOT } from "../deployment/settings.js";
import { addressOf } from "./enode.js";
import { extraDataOf } from "./extraData.js";
import type { Files } from "./files.js";

/** Of fewer none may fail. */
const LEAST = 4;

export interface Network {
  chainId: number;
  /** By their enode URLs. */
  validators: readonly string[];
  /** Nodes that make no blocks. */
  peers: readonly string[];
  /** Who may send transactions. */
  accounts: readonly string[];
}

/** The folder `network/`: the same for the same network, in whatever order it is told. */
export function networkFiles(network: Network): Files {
  requireSound(network);
  const enodes = [...network.validators, ...network.peers].sort();
  const accounts = network.accounts.map((account) => getAddress(account).toLowerCase()).sort();
  return {
    "network/genesis.json": json(genesisOf(network)),
    "network/static-nodes.json": json(enodes),
    "network/permissions_config.toml": `nodes-allowlist=${list(enodes)}\n\naccounts-allowlist=${list(accounts)}\n`,
  };
}

function genesisOf({ chainId, validators }: Network): object {
  const template = JSON.parse(readFileSync(join(ROOT, "network", "besu", "genesis.json"), "utf8")) as {
    config: object;
  };
  return {
    ...template,
    config: { ...template.config, chainId },
    extraData: extraDataOf(validators.map(addressOf).sort()),
  };
}

function requireSound({ chainId, validators, peers, accounts }: Network): void {
  if (!Number.isSafeInteger(chainId) || chainId < 2 || chainId === DEVELOPMENT_CHAIN) {
    throw new OperatorError(
      `--chain-id must be a number of this network's own, neither 1 nor ${DEVELOPMENT_CHAIN}: 2026, for example.`,
    );
  }
  const ids = [...validators, ...peers].map(addressOf);
  const twice = ids.find((id, i) => ids.indexOf(id) !== i);
  if (twice !== undefined) throw new OperatorError(`Two nodes have the same key: that of ${twice}.`);
  if (validators.length < LEAST) {
    throw new OperatorError(`${validators.length} validators are too few: from ${LEAST} on one of them may fail.`);
  }
  requireAccounts(accounts);
}

function requireAccounts(accounts: readonly string[]): void {
  if (accounts.length === 0) {
    throw new OperatorError("Nobody could write: name with --account who may send transactions, the deployer first.");
  }
  const isOne: (text: string) => boolean = isAddress;
  const wrong = accounts.find((account) => !isOne(account));
  if (wrong !== undefined) throw new OperatorError(`--account is not an address: ${wrong}.`);
  if (new Set(accounts.map((account) => getAddress(account))).size < accounts.length) {
    throw new OperatorError("--account names an account twice.");
  }
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;

const list = (texts: readonly string[]) => `[\n${texts.map((text) => `  ${JSON.stringify(text)}`).join(",\n")}\n]`;
