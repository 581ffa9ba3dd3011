import type { ConsentEvent, Pages } from "@consentry/sdk";
import type { Command } from "commander";
import { open } from "../connection/open.js";
import { type ExitCode, OK } from "../exitCodes.js";
import { CLINIC, examples, PATIENT } from "../help.js";
import { act } from "../options/act.js";
import type { GlobalOptions } from "../options/globals.js";
import { type PartyOptions, withParties } from "../options/parties.js";
import { toCount, toPositive } from "../options/values.js";
import { partiesOf, wordsOf } from "../output/events.js";
import { printDocument } from "../output/json.js";
import { type Cell, listing } from "../output/tables.js";
import { whileScanning } from "../terminal/whileScanning.js";

interface HistoryOptions extends PartyOptions {
  fromBlock?: number;
  toBlock?: number;
  cursor?: string;
  limit?: number;
}

/** Some of the events, and how to go on. */
interface Page {
  events: ConsentEvent[];
  /** Goes on after the last of these events, or if there are no more, after the last block that was read. */
  cursor: string | undefined;
  /** Whether there are more events already. */
  more: boolean;
}

const FIRST_PAGE = 100;

/** Adds `history`. */
export function addHistory(program: Command, done: (code: ExitCode) => void): void {
  const command = withParties(program.command("history"))
    .summary("show what was said about consents")
    .description("Show what was said about consents, in the order of the chain: of a patient, to a grantee, or of all.")
    .option("--from-block <number>", "begin with this block", toCount)
    .option("--to-block <number>", "end with this block", toCount)
    .option("--limit <number>", "show as many events at most", toPositive, FIRST_PAGE)
    .option("--cursor <text>", "go on where an earlier page ended")
    .addHelpText(
      "after",
      examples(
        `consentry history --patient ${PATIENT}`,
        `consentry history --grantee ${CLINIC} --from-block 1 --limit 2 --json`,
      ),
    );
  act(command, done, history);
}

async function history(options: HistoryOptions & GlobalOptions): Promise<ExitCode> {
  const { patient, grantee, fromBlock, toBlock: at, cursor, limit = FIRST_PAGE } = options;
  const { consents } = await open(options);
  const page = await whileScanning((onProgress) =>
    take(consents.history({ patient, grantee, fromBlock }, { at, cursor, onProgress }), limit),
  );
  if (options.json) printDocument(page);
  else process.stdout.write(textOf(page));
  return OK;
}

async function take(pages: Pages<ConsentEvent>, limit: number): Promise<Page> {
  const events: ConsentEvent[] = [];
  let { cursor } = pages;
  for await (const event of pages) {
    if (events.length === limit) return { events, cursor, more: true };
    events.push(event);
    ({ cursor } = pages);
  }
  return { events, cursor: pages.cursor, more: false };
}

function textOf({ events, cursor, more }: Page): string {
  const table = listing(["Block", "Event", "Of, to, by", "What"], events.map(rowOf), "No events.");
  if (cursor === undefined) return table;
  return `${table}${more ? "There are more" : "That is all up to now; later ones"}: --cursor ${cursor}\n`;
}

function rowOf(event: ConsentEvent): Cell[] {
  const words = [...wordsOf(event), event.transaction];
  return [String(event.blockNumber), event.type, partiesOf(event), words];
}
