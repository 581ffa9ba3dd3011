/**
 * Tells how a network does: its nodes, validators and blocks, its contracts and roles, its providers, the last hour.
 *
 *     npm run status -- --network <name>                  for people; exit code 1 if something is critical
 *     npm run status -- --network <name> --prometheus     as metrics
 *     npm run status -- --network <name> --serve <port>   the metrics at http://127.0.0.1:<port>/metrics
 */
import { parseArgs } from "node:util";
import { aligned } from "./aligned.js";
import { OperatorError, runCommand } from "./deployment/errors.js";
import { exposition } from "./status/metrics.js";
import { serve } from "./status/serve.js";
import { settingsOf } from "./status/settings.js";
import { statusOf } from "./status/status.js";
import type { Report, Settings } from "./status/types.js";

const USAGE = "Usage: npm run status -- --network <name> [--prometheus | --serve <port>]";

const OPTIONS = {
  network: { type: "string" },
  prometheus: { type: "boolean", default: false },
  serve: { type: "string" },
} as const;

function readOptions(): { network: string; prometheus: boolean; port: number | undefined } {
  try {
    const { network, prometheus, serve } = parseArgs({ options: OPTIONS }).values;
    if (network === undefined) throw new Error("Which network?");
    if (serve !== undefined && !(/^\d+$/.test(serve) && Number(serve) < 65_536)) throw new Error("Which port?");
    return { network, prometheus, port: serve === undefined ? undefined : Number(serve) };
  } catch (error) {
    throw new OperatorError(`${error instanceof Error ? error.message : String(error)} ${USAGE}`);
  }
}

function print({ record }: Settings, { facts, findings }: Report): void {
  console.log(`${record.network}, chain ${record.chainId}`);
  console.log(aligned(facts));
  console.log();
  if (findings.length === 0) console.log("All is as it should be.");
  for (const { severity, sentence } of findings) console.log(`${severity}: ${sentence}`);
}

async function serveOn(port: number, settings: Settings): Promise<void> {
  const server = await serve(settings, port);
  const address = server.address();
  if (typeof address === "object") console.log(`Metrics at http://127.0.0.1:${address?.port ?? port}/metrics`);
}

await runCommand(async () => {
  const { network, prometheus, port } = readOptions();
  const settings = await settingsOf(network);
  if (port !== undefined) return serveOn(port, settings);
  const report = await statusOf(settings);
  // Metrics carry the findings themselves.
  if (prometheus) return void process.stdout.write(exposition(report.samples));
  print(settings, report);
  if (report.findings.some(({ severity }) => severity === "critical")) process.exitCode = 1;
});
