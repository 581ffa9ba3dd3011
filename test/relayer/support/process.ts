/** The relayer as an operator runs it: a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Deployment } from "@consentry/sdk";

const BIN = fileURLToPath(new URL("../../../relayer/bin/consentry-relayer.js", import.meta.url));

/** Makes a pipe look like a terminal. */
const TERMINAL = `data:text/javascript,${encodeURIComponent(`
  process.stdin.isTTY = process.stderr.isTTY = true;
  process.stdin.setRawMode = () => process.stdin;
`)}`;

export interface Process {
  /** Where it listens, once it does. */
  url: () => Promise<string>;
  /** Types keys once a question is asked on stderr; only at a terminal. */
  type: (question: string, keys: string) => Promise<void>;
  kill: (signal: NodeJS.Signals) => Promise<number | null>;
  outcome: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

const running = new Set<ChildProcess>();

/** Ends what a failed test left behind. */
export function endAll(): void {
  for (const child of running) child.kill("SIGKILL");
}

/** What one relayer differs from another in. */
export interface Place {
  /** Of the node. */
  url: string;
  deployment: Deployment;
  /** Of the account that pays. */
  privateKey: string;
  /** A path in a folder that is there, which gets the deployment too. */
  database: string;
}

/** The settings that it does not run without, at a port that is free. */
export function settingsAt({ url, deployment, privateKey, database }: Place) {
  const file = join(dirname(database), "deployment.json");
  writeFileSync(file, JSON.stringify(deployment));
  return {
    RELAYER_RPC_URL: url,
    RELAYER_DEPLOYMENT: file,
    RELAYER_PRIVATE_KEY: privateKey,
    RELAYER_DATABASE: database,
    RELAYER_PORT: "0",
  };
}

/** Starts it with these settings and no others: no .env is read. */
export function startProcess(env: Record<string, string>, { terminal = false } = {}): Process {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(RELAYER_|DOTENV_|NODE_|HH_)/.test(name));
  const child = spawn(process.execPath, [...(terminal ? ["--import", TERMINAL] : []), BIN], {
    cwd: tmpdir(),
    env: { ...Object.fromEntries(inherited), DOTENV_CONFIG_PATH: devNull, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  if (!terminal) child.stdin.end();
  running.add(child);
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => (texts[name] += text));
  }
  const outcome = once(child, "close").then(([code]) => {
    running.delete(child);
    return { code: code as number | null, ...texts };
  });
  return {
    outcome,
    async url() {
      for (;;) {
        const address = /Server listening at (http:[^"]+)/.exec(texts.stdout)?.[1];
        if (address !== undefined) return address;
        const ended = await Promise.race([outcome, once(child.stdout, "data").then(() => undefined)]);
        if (ended !== undefined) throw new Error(`It ended: ${JSON.stringify(ended)}`);
      }
    },
    async type(question, keys) {
      while (!texts.stderr.includes(question)) await once(child.stderr, "data");
      child.stdin.write(keys);
    },
    async kill(signal) {
      child.kill(signal);
      return (await outcome).code;
    },
  };
}
