import { CommanderError } from "commander";
import { UsageError } from "./errors/usage.js";
import { type ExitCode, MISUSED, OK } from "./exitCodes.js";
import { report } from "./output/report.js";
import { createProgram } from "./program.js";

/** Runs a command line, and tells what the process is to exit with. */
export async function run(argv: readonly string[]): Promise<ExitCode> {
  const asked = (option: string) => argv.includes(option);
  const json = asked("--json");
  dropColors(asked("--no-color"));
  try {
    let code: ExitCode = OK;
    const program = createProgram({ json, done: (result) => (code = result) });
    await program.parseAsync(argv, { from: "user" });
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) return report(error, { json, verbose: asked("--verbose") });
    if (error.exitCode === 0 || isAskedFor(error, argv)) return OK;
    // Without a command, its help has been printed already.
    if (error.code === "commander.help" && !json) return MISUSED;
    return report(usageOf(error), { json, verbose: false });
  }
}

/** The command `help` ends as commander ends where there is no command. */
function isAskedFor({ code }: CommanderError, argv: readonly string[]): boolean {
  return code === "commander.help" && argv.includes("help");
}

/** Node and commander look at NO_COLOR by themselves, unless FORCE_COLOR contradicts. */
function dropColors(asked: boolean): void {
  if (asked) process.env["NO_COLOR"] = "1";
  if (process.env["NO_COLOR"]) Reflect.deleteProperty(process.env, "FORCE_COLOR");
}

function usageOf({ code, message }: CommanderError): UsageError {
  if (code === "commander.help") return new UsageError("No command is given.");
  const [first = "", ...more] = message.replace(/^error: /, "").split("\n");
  const sentence = first.charAt(0).toUpperCase() + first.slice(1);
  const hint = more.join(" ").replaceAll(/[()]/g, "").trim();
  return new UsageError(/[.?]$/.test(sentence) ? sentence : `${sentence}.`, hint === "" ? undefined : hint);
}
