import type { ListedProvider, UnlistedProvider } from "@consentry/sdk";
import type { Command } from "commander";
import { open } from "../../connection/open.js";
import { type ExitCode, OK } from "../../exitCodes.js";
import { CLINIC, examples } from "../../help.js";
import { act } from "../../options/act.js";
import { type AtOption, withAt } from "../../options/at.js";
import type { GlobalOptions } from "../../options/globals.js";
import { printDocument } from "../../output/json.js";
import { type Cell, details } from "../../output/tables.js";
import { timeText } from "../../output/words.js";

/** Adds `provider get`. */
export function addGet(provider: Command, done: (code: ExitCode) => void): void {
  const command = withAt(provider.command("get"))
    .summary("look a provider up in the directory")
    .description("Look a provider up in the directory.")
    .argument("<address>", "the provider")
    .addHelpText("after", examples(`consentry provider get ${CLINIC}`, `consentry provider get ${CLINIC} --json`));
  act(command, done, get);
}

async function get(options: AtOption & GlobalOptions, address: string): Promise<ExitCode> {
  const { providers } = await open(options);
  const entry = await providers.get(address, { at: options.at });
  if (options.json) printDocument(entry);
  else process.stdout.write(details(rowsOf(entry)));
  return OK;
}

function rowsOf(entry: ListedProvider | UnlistedProvider): [name: string, value: Cell | undefined][] {
  const { provider, standing, active } = entry;
  const common: [string, Cell][] = [
    ["Provider", provider],
    ["Standing", standing],
    ["Active", active ? { color: "green", text: "yes" } : { color: "red", text: "no" }],
  ];
  return entry.standing === "unlisted" ? common : [...common, ...listedRows(entry)];
}

function listedRows({ name, endpoint, kind, capabilities, accreditor, until }: ListedProvider) {
  const rows: [name: string, value: Cell | undefined][] = [
    ["Name", name],
    ["Endpoint", endpoint === "" ? undefined : endpoint],
    ["Kind", kind],
    ["Capabilities", capabilities.length === 0 ? "none" : capabilities.join(", ")],
    ["Accreditor", `${accreditor.id}, ${accreditor.account ?? "nobody"}`],
    ["Accredited", until === "until-revoked" ? "until revoked" : `until ${timeText(until)}`],
  ];
  return rows;
}
