import type { Client } from "@consentry/sdk";
import { governanceOf } from "@consentry/sdk/governance";
import type { Command } from "commander";
import { CLINIC } from "../../help.js";
import { toEnd } from "../../options/values.js";
import { type AnnounceOption, announcedOrDone, withAnnouncing } from "../announcing.js";
import { adding } from "../writing.js";

const ACCREDITOR = "its accreditor";
const EXAMPLES = [`${CLINIC} --yes`, `${CLINIC} --keystore accreditor.json`];

interface UntilOptions {
  until: string | number;
  timeZone?: string;
}

/** Adds the one argument of what needs nothing but an address. */
function withProvider(command: Command): Command {
  return command.argument("<address>", "the provider");
}

const toProvider = (_: unknown, provider: string) => ({ provider });

/** Adds `provider renew`. */
export const addRenew = adding({
  name: "renew",
  summary: "move the end of a provider's accreditation",
  by: ACCREDITOR,
  takes: (command) =>
    withProvider(command)
      .requiredOption("--until <time>", "its new end: a date (that day included), a time, or until-revoked", toEnd)
      .option("--time-zone <zone>", "where the day of --until ends, as Europe/Berlin; UTC if left out"),
  params: ({ until, timeZone }: UntilOptions, provider: string) => ({ provider, until, timeZone }),
  action: ({ providers }) => providers.renew,
  examples: [`${CLINIC} --until 2099-12-31 --yes`, `${CLINIC} --until until-revoked --keystore accreditor.json`],
});

/** Adds `provider suspend`. */
export const addSuspend = adding({
  name: "suspend",
  summary: "stop a provider at once, in every decision",
  by: ACCREDITOR,
  takes: withProvider,
  params: toProvider,
  action: ({ providers }) => providers.suspend,
  examples: EXAMPLES,
});

/** Adds `provider revoke`. */
export const addRevoke = adding({
  name: "revoke",
  summary: "stop a provider at once, and say that it is for good",
  by: ACCREDITOR,
  takes: withProvider,
  params: toProvider,
  action: ({ providers }) => providers.revoke,
  examples: EXAMPLES,
});

/** Adds `provider reinstate`. */
export const addReinstate = adding({
  name: "reinstate",
  summary: "make a suspended or revoked provider active again",
  by: "the consortium",
  takes: (command) => withAnnouncing(withProvider(command)),
  params: toProvider,
  action: (client: Client, options: AnnounceOption) => announcedOrDone(governanceOf(client).reinstate, options),
  examples: [`${CLINIC} --announce --keystore consortium.json`, `${CLINIC} --yes`],
});
