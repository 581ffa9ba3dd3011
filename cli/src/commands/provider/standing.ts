import type { Client, ProviderEvent, Write, WriteResult } from "@consentry/sdk";
import type { Command } from "commander";
import type { ExitCode } from "../../exitCodes.js";
import { CLINIC, examples } from "../../help.js";
import { act } from "../../options/act.js";
import type { GlobalOptions } from "../../options/globals.js";
import { withSending, write, type WriteOptions } from "./write.js";

/** A command that changes the standing of a provider, and needs nothing but its address. */
interface Change {
  name: string;
  summary: string;
  /** Who may do it. */
  by: string;
  action: (client: Client) => Write<{ provider: string }, WriteResult<ProviderEvent>>;
}

const SUSPEND: Change = {
  name: "suspend",
  summary: "stop a provider at once, in every decision",
  by: "accreditor",
  action: ({ providers }) => providers.suspend,
};

const REINSTATE: Change = {
  name: "reinstate",
  summary: "make a suspended or revoked provider active again",
  by: "consortium",
  action: ({ providers }) => providers.reinstate,
};

/** Adds `provider suspend`. */
export const addSuspend = adding(SUSPEND);
/** Adds `provider reinstate`. */
export const addReinstate = adding(REINSTATE);

function adding({ name, summary, by, action }: Change): (provider: Command, done: (code: ExitCode) => void) => void {
  return (provider, done) => {
    const command = withSending(provider.command(name))
      .summary(summary)
      .description(`${capitalized(summary)}. By the ${by}.`)
      .argument("<address>", "the provider")
      .addHelpText("after", helpOf(name, by));
    act(command, done, (options: WriteOptions & GlobalOptions, address: string) =>
      write(options, {
        does: `${capitalized(name)} a provider`,
        shows: [["provider", address]],
        action,
        params: { provider: address },
      }),
    );
  };
}

function helpOf(name: string, by: string): string {
  const command = `consentry provider ${name} ${CLINIC}`;
  return examples(`${command} --yes`, `${command} --keystore ${by}.json`);
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
