import type { Ability, Client } from "@consentry/sdk";
import { governanceOf } from "@consentry/sdk/governance";
import type { Command } from "commander";
import { CLINIC, MEMBER } from "../../help.js";
import { toEnd, toNames, toSwitch } from "../../options/values.js";
import { type AnnounceOption, announcedOrDone, withAnnouncing } from "../announcing.js";
import { adding } from "../writing.js";

const BOTH = `${CLINIC} ${MEMBER}`;

interface MemberOptions {
  abilities: string[];
  until: string | number;
  timeZone?: string;
}

function withOrganization(command: Command): Command {
  return command.argument("<organization>", "the organization");
}

/** Adds `provider set-member`. */
export const addSetMember = adding({
  name: "set-member",
  summary: "list a key of an organization with what it may do, in place of what it might before",
  by: "the organization, or a member that manages",
  takes: (command) =>
    withOrganization(command)
      .argument("<member>", "address of the key")
      .requiredOption("--abilities <names>", "read, contribute, emergency, audit, manage", (text, before?: string[]) =>
        toNames(text, before),
      )
      .requiredOption("--until <time>", "their end: a date (that day included), a time, or until-revoked", toEnd)
      .option("--time-zone <zone>", "where the day of --until ends, as Europe/Berlin; UTC if left out"),
  params: ({ abilities, until, timeZone }: MemberOptions, organization: string, member: string) => ({
    ...{ organization, member, until, timeZone },
    abilities: abilities as Ability[],
  }),
  action: ({ providers }) => providers.setMember,
  examples: [
    `${BOTH} --abilities read,contribute --until 2098-12-31 --yes`,
    `${BOTH} --abilities manage --until until-revoked --keystore organization.json`,
  ],
});

/** Adds `provider remove-member`. */
export const addRemoveMember = adding({
  name: "remove-member",
  summary: "take every ability from a key of an organization",
  by: "the organization, or a member that manages",
  takes: (command) => withOrganization(command).argument("<member>", "address of the key"),
  params: (_: unknown, organization: string, member: string) => ({
    ...{ organization, member, abilities: [] },
    until: "until-revoked" as const,
  }),
  action: ({ providers }) => providers.setMember,
  examples: [`${BOTH} --yes`, `${BOTH} --keystore organization.json`],
});

/** Adds `provider set-own-key`. */
export const addSetOwnKey = adding({
  name: "set-own-key",
  summary: "switch an organization's own key off, so that it acts for nobody, or on again",
  by: "a member that manages",
  takes: (command) => withOrganization(command).argument("<off or on>", "off or on", toSwitch("on", "off")),
  params: (_: unknown, organization: string, isOn: boolean) => ({ organization, off: !isOn }),
  action: (client) => governanceOf(client).setOwnKey,
  examples: [`${CLINIC} off --yes`, `${CLINIC} off --keystore manager.json`],
});

/** Adds `provider restore-own-key`. */
export const addRestoreOwnKey = adding({
  name: "restore-own-key",
  summary: "switch an organization's own key on again, when no member is left that could",
  by: "the consortium",
  takes: (command) => withAnnouncing(withOrganization(command)),
  params: (_: unknown, organization: string) => ({ organization }),
  action: (client: Client, options: AnnounceOption) => announcedOrDone(governanceOf(client).restoreOwnKey, options),
  examples: [`${CLINIC} --announce --keystore consortium.json`, `${CLINIC} --yes`],
});
