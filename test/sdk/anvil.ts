import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { JsonRpcProvider } from "ethers";

const ARCHITECTURES: Partial<Record<string, string>> = { x64: "amd64" };
const { resolve } = createRequire(import.meta.url);

/** A node of its own process: it can be killed and started again, and it reorganises its chain. */
export interface Anvil {
  url: string;
  /** Asks the node, also for what only anvil does. */
  rpc: (method: string, ...params: unknown[]) => Promise<unknown>;
  /** Ends the process; with `SIGTERM` it keeps its state if it was given a file for that. */
  stop: (signal?: NodeJS.Signals) => Promise<void>;
}

/** Starts anvil on a port, a free one if none is given, with these options besides. */
export async function startAnvil(port = 0, ...options: string[]): Promise<Anvil> {
  const { platform, arch } = process;
  const binary = resolve(`@foundry-rs/anvil-${platform}-${ARCHITECTURES[arch] ?? arch}/bin/anvil`);
  const settings = ["--port", String(port), "--accounts", "20", "--hardfork", "prague", ...options];
  const child = spawn(binary, settings, { stdio: ["ignore", "pipe", "inherit"] });
  const url = `http://${await listening(child)}`;
  const provider = new JsonRpcProvider(url, 31337, { staticNetwork: true, cacheTimeout: -1, batchMaxCount: 1 });
  return {
    url,
    rpc: (method, ...params) => provider.send(method, params) as Promise<unknown>,
    stop: async (signal = "SIGKILL") => {
      provider.destroy();
      const ended = once(child, "exit");
      child.kill(signal);
      if (child.exitCode === null && child.signalCode === null) await ended;
    },
  };
}

/** Where it listens, once it does. */
async function listening({ stdout }: ChildProcess): Promise<string> {
  let output = "";
  for await (const chunk of stdout!) {
    output += String(chunk);
    const address = /Listening on (\S+)/.exec(output)?.[1];
    if (address !== undefined) {
      stdout!.resume();
      return address;
    }
  }
  throw new Error(`anvil did not start: ${output}`);
}
