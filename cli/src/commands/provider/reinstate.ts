import type { Command } from "commander";
import type { ExitCode } from "../../exitCodes.js";
import { CLINIC, examples } from "../../help.js";
import { act } from "../../options/act.js";
import type { GlobalOptions } from "../../options/globals.js";
import { withSending, write, type WriteOptions } from "./write.js";

/** Adds `provider reinstate`. */
export function addReinstate(provider: Command, done: (code: ExitCode) => void): void {
  const command = withSending(provider.command("reinstate"))
    .summary("make a provider active again")
    .description("Make a suspended or revoked provider active again. By the consortium.")
    .argument("<address>", "the provider")
    .addHelpText(
      "after",
      examples(
        `consentry provider reinstate ${CLINIC} --yes`,
        `consentry provider reinstate ${CLINIC} --keystore consortium.json`,
      ),
    );
  act(command, done, reinstate);
}

async function reinstate(options: WriteOptions & GlobalOptions, provider: string): Promise<ExitCode> {
  return write(options, {
    does: "Reinstate a provider",
    shows: [["provider", provider]],
    action: ({ providers }) => providers.reinstate,
    params: { provider },
  });
}
