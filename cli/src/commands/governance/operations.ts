import { governanceOf } from "@consentry/sdk/governance";
import type { Command } from "commander";
import { adding } from "../writing.js";

const ID = "0x4bd62a2a5e0ef2b94b5d2c0b9f86d081884c7d659a2feaa0c55ad015a3bf4f1b";
const EXAMPLES = [`${ID} --yes`, `${ID} --keystore consortium.json`];

function withId(command: Command): Command {
  return command.argument("<id>", "as `announced` lists it");
}

const toId = (_: unknown, id: string) => id;

/** Adds `governance execute`. */
export const addExecute = adding({
  name: "execute",
  summary: "do what was announced, once its delay is over",
  by: "whoever announced it",
  takes: withId,
  params: toId,
  action: (client) => governanceOf(client).execute,
  examples: EXAMPLES,
});

/** Adds `governance cancel`. */
export const addCancel = adding({
  name: "cancel",
  summary: "call off what was announced, at once",
  by: "whoever announced it, or an administrator",
  takes: withId,
  params: toId,
  action: (client) => governanceOf(client).cancel,
  examples: EXAMPLES,
});
