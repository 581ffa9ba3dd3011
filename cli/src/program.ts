import { readFileSync } from "node:fs";
import { Command } from "commander";
import { addDecide } from "./commands/decide.js";
import { addDeployments } from "./commands/deployments.js";
import { addExplain } from "./commands/explain.js";
import { addGovernance } from "./commands/governance/governance.js";
import { addHistory } from "./commands/history.js";
import { addList } from "./commands/list.js";
import { addProvider } from "./commands/provider/provider.js";
import { addWatch } from "./commands/watch.js";
import type { ExitCode } from "./exitCodes.js";
import { EXIT_CODES, examples } from "./help.js";

/** What runs the program. */
export interface Running {
  /** Errors are told as JSON. */
  json: boolean;
  /** Is told what the process is to exit with. */
  done: (code: ExitCode) => void;
}

const DESCRIPTION = "Who may see which health records: asks, explains, lists and watches consents on their chain.";

/** The command line: its global options and its commands. */
export function createProgram({ json, done }: Running): Command {
  const program = new Command("consentry")
    .description(DESCRIPTION)
    .version(version())
    .option("--rpc <url>", "node to ask: an http(s) URL (env CONSENTRY_RPC_URL)")
    .option("--deployment <file>", "deployment.json of a chain that is not known by itself (env CONSENTRY_DEPLOYMENT)")
    .option(
      "--json",
      "print for programs: JSON on stdout, one document or one event per line; errors as JSON on stderr",
    )
    .option("--no-color", "print without colours, as with the environment variable NO_COLOR")
    .option("--verbose", "print where an error came from")
    .addHelpText("after", examples("consentry deployments", "consentry decide --help"))
    .addHelpText("afterAll", EXIT_CODES)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ outputError: () => undefined, ...(json && { writeErr: () => undefined }) })
    .exitOverride();
  const commands = [addDeployments, addDecide, addExplain, addList, addHistory, addWatch, addProvider, addGovernance];
  for (const add of commands) add(program, done);
  return program;
}

function version(): string {
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
