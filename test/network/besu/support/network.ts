/** The network's files, as an operator makes and reads them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { type Outcome, ROOT, start } from "../../../e2e/support/command.js";

export const FOLDER = join(ROOT, "network", "besu");
export const ACCOUNT = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed";

/** What all nodes on one machine need to be told. */
export const ALL = ["--chain-id", "2026", "--account", ACCOUNT] as const;

/** Runs `npm run network:besu` with these arguments. */
export function run(...args: string[]): Promise<Outcome> {
  return start("besu.ts", args, {}).outcome;
}

export interface Mount {
  type: string;
  source: string;
  target: string;
  read_only?: boolean;
  bind?: { create_host_path: boolean };
}

export interface Service {
  image: string;
  user?: string;
  command?: string[];
  environment?: Record<string, string>;
  networks: string[] | Record<string, { ipv4_address?: string }>;
  ports?: string[];
  volumes: Mount[];
  restart: string;
  read_only: boolean;
  cap_drop: string[];
  security_opt: string[];
  healthcheck: object;
  privileged?: boolean;
  deploy: { resources: { limits: { cpus: string; memory: string; pids: number } } };
}

export interface Compose {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean }>;
}

export function composeFile(name = "compose.yaml"): Compose {
  return parse(readFileSync(join(FOLDER, name), "utf8"), { merge: true }) as Compose;
}

/** The settings of a TOML file without tables, whose values are all JSON too. */
export function settingsIn(file: string): Record<string, unknown> {
  const text = readFileSync(file, "utf8").replace(/^#.*$/gm, "");
  const lines = [...text.matchAll(/^([\w-]+)=(\[[^\]]*\]|.*)$/gm)];
  const rest = lines.reduce((left, [line]) => left.replace(line, ""), text);
  if (rest.trim() !== "") throw new SyntaxError(`Not a setting: ${rest.trim()}`);
  return Object.fromEntries(lines.map(([, key, value]) => [key!, JSON.parse(value!) as unknown] as const));
}
