import type { Governed } from "@consentry/sdk/governance";
import type { Command } from "commander";
import type { AnyWrite } from "./write.js";

/** What every command takes that does what waits. */
export interface AnnounceOption {
  announce?: boolean;
}

/** Adds `--announce` to a command. */
export function withAnnouncing(command: Command): Command {
  return command.option(
    "--announce",
    "only announce it: when its delay is over, do it by the same command without this",
  );
}

/** To announce it, or to do it. */
export function announcedOrDone<Params, Result extends Awaited<ReturnType<AnyWrite<Params>>>>(
  action: Governed<Params, Result>,
  { announce }: AnnounceOption,
): AnyWrite<Params> {
  return announce ? action.announce : action;
}
