/** One node: its key, made here, and its settings. */
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { isIPv4 } from "node:net";
import { join } from "node:path";
import { Wallet } from "ethers";
import { OperatorError } from "../deployment/errors.js";
import { ROOT } from "../deployment/settings.js";
import { enodeOf } from "./enode.js";
import type { Files } from "./files.js";

/** The services of compose.yaml that are nodes, and where they are if all stand on one machine. */
export const NODES: Readonly<Record<string, string>> = {
  validator1: "172.30.33.11",
  validator2: "172.30.33.12",
  validator3: "172.30.33.13",
  validator4: "172.30.33.14",
  rpc: "172.30.33.20",
};

export const isValidator = (name: string) => name !== "rpc";

export interface Node {
  enode: string;
  files: Files;
  /** Folders that the node writes to, or its operator. */
  folders: readonly string[];
}

/** Makes a node. `origins` are the pages that may ask it from a browser. */
export function makeNode(name: string, host: string, origins: readonly string[]): Node {
  if (!(name in NODES)) throw new OperatorError(`--node is one of ${Object.keys(NODES).join(", ")}, not ${name}.`);
  if (!isIPv4(host))
    throw new OperatorError(`--host is the IPv4 address by which other nodes reach this one: ${host}?`);
  const { privateKey } = Wallet.createRandom();
  const enode = enodeOf(privateKey, host, isValidator(name) ? 30303 : 30304);
  const files = {
    [`${name}/key`]: `${privateKey}\n`,
    [`${name}/enode`]: `${enode}\n`,
    [`${name}/config.toml`]: settingsOf(name, host, origins),
    [`targets/${name}.json`]: `${JSON.stringify([{ targets: [`${name}:9545`] }])}\n`,
    ...(!isValidator(name) && { [`${name}/jwt.pem`]: publicKeyOfNobody() }),
  };
  return { enode, files, folders: [`${name}/data`, ...(isValidator(name) ? [] : ["tls"])] };
}

function settingsOf(name: string, host: string, origins: readonly string[]): string {
  const own = {
    "p2p-host": host,
    "host-allowlist": ["localhost", "127.0.0.1", name],
    ...(!isValidator(name) && origins.length > 0 && { "rpc-http-cors-origins": origins }),
  };
  const lines = Object.entries(own).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  return [read("node.toml"), read(isValidator(name) ? "validator.toml" : "rpc.toml"), "", ...lines, ""].join("\n");
}

const read = (file: string) => readFileSync(join(ROOT, "network", "besu", file), "utf8").trimEnd();

/** A key for tokens whose private half is forgotten at once: what wants a token, nobody can call. */
function publicKeyOfNobody(): string {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return publicKey.export({ type: "spki", format: "pem" }).toString();
}
