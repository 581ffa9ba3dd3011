import type { ConsentEvent, Watched, WatchOptions as SdkOptions } from "@consentry/sdk";
import type { Command } from "commander";
import { open } from "../connection/open.js";
import { type ExitCode, OK } from "../exitCodes.js";
import { CLINIC, examples, PATIENT } from "../help.js";
import { act } from "../options/act.js";
import type { GlobalOptions } from "../options/globals.js";
import { type PartyOptions, withParties } from "../options/parties.js";
import { toCount, toPositive } from "../options/values.js";
import { clean } from "../output/clean.js";
import { lineOf } from "../output/events.js";
import { printLine } from "../output/json.js";
import { printError } from "../output/report.js";
import { readCursor, writeCursor } from "../files/cursor.js";

interface WatchOptions extends PartyOptions {
  fromBlock?: number;
  cursor?: string;
  cursorFile?: string;
  confirmations?: number;
  interval?: number;
}

const DESCRIPTION = `Watch what is said about consents as it happens: every event once, on a line of its own, until Ctrl-C.

A reorganisation of the chain takes events back ("removed" with --json). At the end the cursor is printed, with which
another watch goes on; a file given by --cursor-file always holds it, also after a crash.`;

/** Adds `watch`. */
export function addWatch(program: Command, done: (code: ExitCode) => void): void {
  const command = withParties(program.command("watch"))
    .summary("watch what is said about consents as it happens")
    .description(DESCRIPTION)
    .option("--from-block <number>", "begin with this block; with what happens from now on if left out", toCount)
    .option("--cursor <text>", "go on where an earlier watch ended")
    .option("--cursor-file <file>", "go on where the cursor in this file says, and keep it there")
    .option("--confirmations <number>", "tell an event once so many blocks follow", toCount)
    .option("--interval <milliseconds>", "how long to wait before the node is asked again", toPositive)
    .addHelpText(
      "after",
      examples(
        `consentry watch --patient ${PATIENT}`,
        `consentry watch --grantee ${CLINIC} --json --cursor-file consentry.cursor`,
      ),
    );
  act(command, done, watch);
}

async function watch(options: WatchOptions & GlobalOptions): Promise<ExitCode> {
  const { patient, grantee, fromBlock, cursorFile, json = false } = options;
  const cursor = options.cursor ?? (cursorFile === undefined ? undefined : readCursor(cursorFile));
  const { consents } = await open(options);
  const events = consents.watch({ patient, grantee, fromBlock }, { ...settingsOf(options), cursor, signal: stopped() });
  for await (const event of events) {
    print(event, json);
    if (cursorFile !== undefined && events.cursor !== undefined) writeCursor(cursorFile, events.cursor);
  }
  if (cursorFile !== undefined && events.cursor !== undefined) writeCursor(cursorFile, events.cursor);
  printCursor(events.cursor, json);
  return OK;
}

function settingsOf({ confirmations, interval, json = false }: WatchOptions & GlobalOptions): SdkOptions {
  return { confirmations, interval, onError: (error) => printError("warning", error, { json, verbose: false }) };
}

/** Is aborted by Ctrl-C, or when the process is asked to end; a second time ends it at once. */
function stopped(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());
  return stop.signal;
}

function print(event: Watched<ConsentEvent>, json: boolean): void {
  if (json) printLine(event);
  else process.stdout.write(`${clean(lineOf(event))}\n`);
}

/** On stderr, so that stdout has events and nothing else. */
function printCursor(cursor: string | undefined, json: boolean): void {
  if (json) printLine({ cursor: cursor ?? null }, process.stderr);
  else if (cursor !== undefined) process.stderr.write(`Go on with: --cursor '${cursor}'\n`);
}
