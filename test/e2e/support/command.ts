/** The deploy command as an operator runs it: a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { devNull } from "node:os";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

export interface Outcome {
  /** Exit code; null if it was killed. */
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Run {
  child: ChildProcess;
  outcome: Promise<Outcome>;
}

/** Starts a script of scripts/ with these settings and no others: neither .env nor a keystore is read. */
export function start(script: string, args: readonly string[], settings: Record<string, string>): Run {
  const child = spawn(process.execPath, ["--import", "tsx", resolve(ROOT, "scripts", script), ...args], {
    cwd: ROOT,
    env: { ...inherited(), CI: "true", DOTENV_CONFIG_PATH: devNull, ...settings },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr]: [string[], string[]] = [[], []];
  child.stdout.setEncoding("utf8").on("data", (text: string) => stdout.push(text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => stderr.push(text));
  const outcome = new Promise<Outcome>((settle, reject) => {
    child.on("error", reject);
    child.on("close", (code) => settle({ code, stdout: stdout.join(""), stderr: stderr.join("") }));
  });
  return { child, outcome };
}

/** What a process of its own gets of the environment: nothing that Hardhat tells its tests, nothing that configures a network. */
function inherited(): NodeJS.ProcessEnv {
  const own =
    /^(HH_|HARDHAT_|NODE_ENV$|NODE_OPTIONS$|RPC_URL$|DEPLOYER_KEY$|DEPLOYER_ADDRESS$|ALLOW_SINGLE_KEY$|CHAIN_ID$|CONSORTIUM$|REVIEWERS$|DIRECTORY_DELAY$|ADMIN_DELAY$|EMERGENCY_|STATUS_|NETWORK_NAME$|PREDECESSOR$|DEPLOYMENTS_DIR$|DEBUG$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
}
