/** The built command-line tool, as somebody runs it: a process of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { devNull, tmpdir } from "node:os";
import { fileURLToPath } from "node:url";

export const BIN = fileURLToPath(new URL("../../../cli/bin/consentry.js", import.meta.url));

/** Makes pipes look like a terminal, with as many colours as the environment says. */
const TERMINAL = `data:text/javascript,${encodeURIComponent(`
  import { WriteStream } from "node:tty";
  process.stdin.isTTY = process.stderr.isTTY = true;
  process.stdin.setRawMode = () => process.stdin;
  process.stderr.getColorDepth = (env) => WriteStream.prototype.getColorDepth(env);
`)}`;

export interface Outcome {
  /** Exit code; null if it was killed. */
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Settings {
  env?: Record<string, string>;
  cwd?: string;
  /** Whether somebody sits at stdin and stderr; stdout is a pipe all the same. */
  terminal?: boolean;
  bin?: string;
}

export interface Run {
  child: ChildProcess;
  outcome: Promise<Outcome>;
  /** Waits until something is printed. */
  printed: (stream: "stdout" | "stderr", text: string | RegExp) => Promise<void>;
  /** Types keys once a question is asked on stderr. */
  answer: (question: string | RegExp, keys: string) => Promise<void>;
}

const running = new Set<ChildProcess>();

/** Ends what a failed test left behind. */
export function endAll(): void {
  for (const child of running) child.kill("SIGKILL");
}

/** Starts it with these arguments and settings and no others: no .env is read. */
export function start(
  args: readonly string[],
  { env, cwd = tmpdir(), terminal = false, bin = BIN }: Settings = {},
): Run {
  const child = spawn(process.execPath, [...(terminal ? ["--import", TERMINAL] : []), bin, ...args], {
    cwd,
    env: { ...inherited(), TERM: "xterm-256color", DOTENV_CONFIG_PATH: devNull, ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  running.add(child);
  child.once("close", () => running.delete(child));
  const texts = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => (texts[name] += text));
  }
  const outcome = once(child, "close").then(([code]) => ({ code: code as number | null, ...texts }));
  const printed = async (stream: keyof typeof texts, text: string | RegExp) => {
    const isThere = () => (typeof text === "string" ? texts[stream].includes(text) : text.test(texts[stream]));
    const ended = outcome.then(() => true);
    while (!isThere()) {
      if (await Promise.race([ended, once(child[stream], "data").then(() => false)])) break;
    }
    if (!isThere()) throw new Error(`It ended without printing ${text}: ${JSON.stringify(await outcome)}`);
  };
  const answer = async (question: string | RegExp, keys: string) => {
    await printed("stderr", question);
    child.stdin.write(keys);
  };
  return { child, outcome, printed, answer };
}

/** Runs it to its end. */
export function run(args: readonly string[], settings?: Settings): Promise<Outcome> {
  return start(args, settings).outcome;
}

/** Nothing that configures the tool, colours or a test runner. */
function inherited(): NodeJS.ProcessEnv {
  const other = /^(CONSENTRY_|HH_|HARDHAT_|DOTENV_|NODE_|NO_COLOR$|FORCE_COLOR$|CI$|COLUMNS$)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !other.test(name)));
}
