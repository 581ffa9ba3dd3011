import type { Client } from "@consentry/sdk";
import { type GovernanceRole, governanceOf } from "@consentry/sdk/governance";
import type { Command } from "commander";
import { ACCOUNT } from "../../help.js";
import { toCount } from "../../options/values.js";
import { type AnnounceOption, announcedOrDone, withAnnouncing } from "../announcing.js";
import { adding } from "../writing.js";

interface DelayOption extends AnnounceOption {
  delay: number;
}

function withHolder(command: Command): Command {
  return withAnnouncing(
    command.argument("<role>", "admin, directory or reviewer").argument("<account>", "address of its holder"),
  );
}

/** Adds `governance grant-role`. */
export const addGrantRole = adding({
  name: "grant-role",
  summary: "give an account a role, or another delay in it",
  by: "an administrator",
  takes: (command) =>
    withHolder(command).requiredOption("--delay <seconds>", "between announcing and doing; 0: nothing waits", toCount),
  params: ({ delay }: DelayOption, role: GovernanceRole, account: string) => ({ role, account, delay }),
  action: (client: Client, options: DelayOption) => announcedOrDone(governanceOf(client).grantRole, options),
  examples: [
    `directory ${ACCOUNT} --delay 86400 --announce --keystore consortium.json`,
    `reviewer ${ACCOUNT} --delay 0 --yes`,
  ],
});

/** Adds `governance revoke-role`. */
export const addRevokeRole = adding({
  name: "revoke-role",
  summary: "take a role from an account",
  by: "an administrator",
  takes: withHolder,
  params: (_: AnnounceOption, role: GovernanceRole, account: string) => ({ role, account }),
  action: (client: Client, options: AnnounceOption) => announcedOrDone(governanceOf(client).revokeRole, options),
  examples: [`reviewer ${ACCOUNT} --announce --keystore consortium.json`, `reviewer ${ACCOUNT} --yes`],
});
