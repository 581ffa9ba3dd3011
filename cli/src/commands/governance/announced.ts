import { type Announced, governanceOf } from "@consentry/sdk/governance";
import type { Command } from "commander";
import { open } from "../../connection/open.js";
import { type ExitCode, OK } from "../../exitCodes.js";
import { examples } from "../../help.js";
import { act } from "../../options/act.js";
import { type AtOption, withAt } from "../../options/at.js";
import type { GlobalOptions } from "../../options/globals.js";
import { printDocument } from "../../output/json.js";
import type { Color } from "../../output/paint.js";
import { type Cell, listing } from "../../output/tables.js";
import { timeText } from "../../output/words.js";

const COLORS: Record<Announced["state"], Color> = { waiting: "yellow", ready: "green", expired: "dim" };

/** Adds `governance announced`. */
export function addAnnounced(governance: Command, done: (code: ExitCode) => void): void {
  const command = withAt(governance.command("announced"))
    .summary("list what is announced, by whomever, and when it can be done")
    .description("List what is announced and was neither done nor called off, by whomever, and when it can be done.")
    .addHelpText("after", examples("consentry governance announced", "consentry governance announced --json"));
  act(command, done, announced);
}

async function announced(options: AtOption & GlobalOptions): Promise<ExitCode> {
  const list = await governanceOf(await open(options)).announced({ at: options.at });
  if (options.json) printDocument({ announced: list });
  else process.stdout.write(listing(["State", "Id, what, by", "When"], list.map(rowOf), "Nothing is announced."));
  return OK;
}

function rowOf({ id, by, call, state, readyAt, expiresAt }: Announced): Cell[] {
  const { to, data, contract, name, args } = call;
  const what = name === undefined ? [`unknown call of ${contract ?? to}`, data] : [`${contract}.${name}`];
  const values = Object.entries(args ?? {}).map(([parameter, value]) => `  ${parameter}: ${String(value)}`);
  return [
    { color: COLORS[state], text: state },
    [id, ...what, ...values, `by ${by}`],
    [`from ${timeText(readyAt)}`, `before ${timeText(expiresAt)}`],
  ];
}
