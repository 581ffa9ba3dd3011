import type { HeadTag } from "@consentry/sdk";
import type { Command } from "commander";
import { toAt } from "./values.js";

/** At which block to read. */
export interface AtOption {
  at?: number | HeadTag | Date;
}

/** Adds `--at` to a command. */
export function withAt(command: Command): Command {
  return command.option(
    "--at <block or time>",
    "number of a block, latest, safe, finalized, or a time as 2026-03-01T12:00:00Z",
    toAt,
  );
}
