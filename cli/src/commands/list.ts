import type { ConsentStatus, ListedConsent } from "@consentry/sdk";
import { type Command, Option } from "commander";
import { open } from "../connection/open.js";
import { UsageError } from "../errors/usage.js";
import { type ExitCode, OK } from "../exitCodes.js";
import { CLINIC, examples, PATIENT } from "../help.js";
import { act } from "../options/act.js";
import type { GlobalOptions } from "../options/globals.js";
import { type PartyOptions, withParties } from "../options/parties.js";
import { type AtOption, withAt } from "../options/at.js";
import { printDocument } from "../output/json.js";
import type { Color } from "../output/paint.js";
import { type Cell, listing } from "../output/tables.js";
import { partyText, periodText, scopeText, termsText, timeText } from "../output/words.js";
import { whileScanning } from "../terminal/whileScanning.js";

interface ListOptions extends PartyOptions, AtOption {
  state: "live" | "past" | "all";
}

const COLORS: Partial<Record<ConsentStatus, Color>> = { live: "green", upcoming: "yellow" };

/** Adds `list`. */
export function addList(program: Command, done: (code: ExitCode) => void): void {
  const command = withAt(withParties(program.command("list")))
    .summary("list the consents of a patient or to a grantee")
    .description("List the consents of a patient, to a grantee, or both: the present word of each scope.")
    .addOption(
      new Option("--state <state>", "what stands, now or later; what ended; or both")
        .choices(["live", "past", "all"])
        .default("all"),
    )
    .addHelpText(
      "after",
      examples(
        `consentry list --patient ${PATIENT}`,
        `consentry list --grantee ${CLINIC} --state live --json`,
        "consentry list --grantee ANY_PROVIDER",
      ),
    );
  act(command, done, list);
}

async function list(options: ListOptions & GlobalOptions): Promise<ExitCode> {
  const { patient, grantee, state, at } = options;
  if (patient === undefined && grantee === undefined) throw new UsageError("Neither --patient nor --grantee is given.");
  const { consents } = await open(options);
  const listed = await whileScanning((onProgress) => consents.list({ patient, grantee, state }, { at, onProgress }));
  if (options.json) printDocument({ consents: listed });
  else process.stdout.write(listing(["Status", "Of, to, in", "What", "When"], listed.map(rowOf), "No consents."));
  return OK;
}

function rowOf({ status, patient, grantee, scope, terms, statedAt }: ListedConsent): Cell[] {
  const color = COLORS[status];
  const period = terms === undefined ? [] : [periodText(terms)];
  return [
    color === undefined ? status : { color, text: status },
    [patient, partyText(grantee), scopeText(scope)],
    termsText(terms),
    [`said ${timeText(statedAt)}`, ...period],
  ];
}
