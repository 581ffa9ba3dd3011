import type { Client } from "@consentry/sdk";
import type { Command } from "commander";
import type { ExitCode } from "../exitCodes.js";
import { examples } from "../help.js";
import { act } from "../options/act.js";
import type { GlobalOptions } from "../options/globals.js";
import { type AnyWrite, withSending, write, type WriteOptions } from "./write.js";

/** A command that sends one transaction. */
interface WriteCommand<Params, Options> {
  name: string;
  summary: string;
  /** Who may do it, as in `its accreditor`. */
  by: string;
  /** Adds its arguments, and the options that are its own. */
  takes: (command: Command) => Command;
  /** As they were typed: the SDK tells what is wrong with them. */
  params: (options: Options, ...args: never[]) => Params;
  action: (client: Client, options: Options) => AnyWrite<Params>;
  /** What follows its name, each of which works by itself. */
  examples: readonly string[];
}

/** Adds a command to its parent. */
export type Add = (parent: Command, done: (code: ExitCode) => void) => void;

/** What adds a command that sends one transaction. */
export function adding<Params extends object | string, Options>(given: WriteCommand<Params, Options>): Add {
  const does = capitalized(given.summary);
  return (parent, done) => {
    const lines = given.examples.map((each) => `consentry ${parent.name()} ${given.name} ${each}`);
    const command = withSending(given.takes(parent.command(given.name)))
      .summary(given.summary)
      .description(`${does}. By ${given.by}.`)
      .addHelpText("after", examples(...lines));
    act(command, done, (options: Options & WriteOptions & GlobalOptions, ...args: never[]) => {
      const params = given.params(options, ...args);
      const action = (client: Client) => given.action(client, options);
      return write(options, { does, shows: shown(params), action, params });
    });
  };
}

/** A parameter as it was typed: a text, some of them, or parts by name; null is nobody. */
type Typed = string | number | boolean | readonly string[] | object | null | undefined;

/** Parameters by name. */
function shown(params: object | string, path = ""): string[][] {
  if (typeof params === "string") return [["id", params]];
  return Object.entries<Typed>(params as Record<string, Typed>).flatMap(([name, value]) => {
    if (value === undefined) return [];
    if (value === null) return [[`${path}${name}`, "nobody"]];
    if (Array.isArray(value)) return [[`${path}${name}`, value.join(", ") || "none"]];
    return typeof value === "object" ? shown(value, `${path}${name}.`) : [[`${path}${name}`, String(value)]];
  });
}

function capitalized(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
