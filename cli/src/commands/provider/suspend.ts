import type { Command } from "commander";
import type { ExitCode } from "../../exitCodes.js";
import { CLINIC, examples } from "../../help.js";
import { act } from "../../options/act.js";
import type { GlobalOptions } from "../../options/globals.js";
import { withSending, write, type WriteOptions } from "./write.js";

/** Adds `provider suspend`. */
export function addSuspend(provider: Command, done: (code: ExitCode) => void): void {
  const command = withSending(provider.command("suspend"))
    .summary("stop a provider at once")
    .description("Stop a provider at once, in every decision. By its accreditor.")
    .argument("<address>", "the provider")
    .addHelpText(
      "after",
      examples(
        `consentry provider suspend ${CLINIC} --yes`,
        `consentry provider suspend ${CLINIC} --keystore accreditor.json`,
      ),
    );
  act(command, done, suspend);
}

async function suspend(options: WriteOptions & GlobalOptions, provider: string): Promise<ExitCode> {
  return write(options, {
    does: "Suspend a provider",
    shows: [["provider", provider]],
    action: ({ providers }) => providers.suspend,
    params: { provider },
  });
}
