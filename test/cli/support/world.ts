/** A chain behind HTTP with the suite deployed, an accreditor, a hospital and a patient. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, connect, type Deployment } from "@consentry/sdk";
import { governanceOf } from "@consentry/sdk/governance";
import { encryptKeystoreJsonSync, HDNodeWallet, JsonRpcProvider } from "ethers";
import { startServer } from "../../sdk/served.js";
import { endAll, type Outcome, type Run, type Settings, start } from "./consentry.js";

const MNEMONIC = "test test test test test test test test test test test junk";

/** The accounts of a Hardhat chain, as test/suite.ts names them. */
const ACCOUNTS = {
  consortium: 1,
  accreditor: 2,
  patient: 4,
  otherPatient: 5,
  clinic: 6,
  hospital: 7,
  member: 10,
  otherMember: 11,
} as const;

export type Name = keyof typeof ACCOUNTS;

export const wallets = Object.fromEntries(
  Object.entries(ACCOUNTS).map(([name, i]) => [name, HDNodeWallet.fromPhrase(MNEMONIC, "", `m/44'/60'/0'/0/${i}`)]),
) as Record<Name, HDNodeWallet>;

/** The address of somebody. */
export const address = Object.fromEntries(
  Object.entries(wallets).map(([name, wallet]) => [name, wallet.address]),
) as Record<Name, string>;

export const PASSWORD = "correct horse";

/** The encrypted JSON keystore of somebody, as cheap as can be, of a phrase whose first account is somebody else's. */
export function keystoreOf(name: Name): string {
  const { address: owner, privateKey, mnemonic } = wallets[name];
  const account = { address: owner, privateKey, mnemonic: { entropy: mnemonic!.entropy } };
  return encryptKeystoreJsonSync(account, PASSWORD, { scrypt: { N: 1024, r: 8, p: 1 } });
}

export const LABS = { categories: ["LABS"], purposes: ["TREAT"], actions: ["access"], until: "until-revoked" } as const;

export interface World {
  url: string;
  deployment: Deployment;
  /** A folder that holds deployments/localhost/deployment.json. */
  folder: string;
  /** The environment that names node and deployment. */
  env: Record<string, string>;
  as: (name: Name) => Promise<Client>;
  /** Writes a file into the folder, a text or JSON; returns its path. */
  write: (name: string, content: unknown) => string;
  rpc: (method: string, ...params: unknown[]) => Promise<unknown>;
  /** Starts the tool in the folder with this environment. */
  start: (args: readonly string[], settings?: Settings) => Run;
  run: (args: readonly string[], settings?: Settings) => Promise<Outcome>;
  /** Runs it with --json, and parses what it prints. */
  json: (...args: string[]) => Promise<Record<string, unknown>>;
  /** Lets some seconds of the chain pass. */
  pass: (seconds: number) => Promise<void>;
  /** Stops the node. */
  stop: () => Promise<void>;
  close: () => Promise<void>;
}

/** Starts one; the hospital's name is as nasty as somebody can make it. What the consortium does waits so many seconds. */
export async function startWorld(delay = 0): Promise<World> {
  const served = await startServer({ directoryDelay: delay, adminDelay: delay });
  const { url, deployment } = served;
  const folder = mkdtempSync(join(tmpdir(), "consentry-cli-"));
  const path = join(folder, "deployments/localhost/deployment.json");
  mkdirSync(join(folder, "deployments/localhost"), { recursive: true });
  writeFileSync(path, JSON.stringify(deployment));
  const env = { CONSENTRY_RPC_URL: url, CONSENTRY_DEPLOYMENT: path };
  const provider = new JsonRpcProvider(url, deployment.chainId, { staticNetwork: true, cacheTimeout: -1 });
  const begin = (args: readonly string[], settings: Settings = {}) =>
    start(args, { cwd: folder, ...settings, env: { ...env, ...settings.env } });
  let closed: Promise<void> | undefined;
  const world: World = {
    url,
    deployment,
    folder,
    env,
    write: (name, content) => {
      const file = join(folder, name);
      writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
      return file;
    },
    as: (name) => connect({ runner: wallets[name].connect(provider), deployment }),
    rpc: (method, ...params) => provider.send(method, params) as Promise<unknown>,
    pass: async (seconds) => {
      await provider.send("evm_increaseTime", [seconds]);
      await provider.send("evm_mine", []);
    },
    start: begin,
    run: (args, settings) => begin(args, settings).outcome,
    json: async (...args) => {
      const { stdout, stderr } = await begin([...args, "--json"]).outcome;
      if (stdout === "") throw new Error(stderr);
      return JSON.parse(stdout) as Record<string, unknown>;
    },
    stop: async () => {
      provider.destroy();
      await (closed ??= served.close());
    },
    close: async () => {
      endAll();
      await world.stop();
      rmSync(folder, { recursive: true });
    },
  };
  const { appointAccreditor } = governanceOf(await world.as("consortium"));
  const appointment = { accreditor: 1, account: address.accreditor };
  if (delay > 0) await appointAccreditor.announce(appointment);
  if (delay > 0) await world.pass(delay);
  await appointAccreditor(appointment);
  await (await world.as("accreditor")).providers.register({ ...HOSPITAL, provider: address.hospital });
  return world;
}

export const HOSPITAL = {
  kind: "organization",
  name: "General\u001b[2J\u009b1m \u202eHospital\n\u0007",
  until: "2098-12-31",
  capabilities: ["contribute"],
} as const;
