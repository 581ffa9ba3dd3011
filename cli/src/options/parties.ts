import type { Command } from "commander";
import { toGrantee } from "./values.js";

/** Whose consents. */
export interface PartyOptions {
  patient?: string;
  grantee?: string;
}

/** Adds the options that say whose consents to a command. */
export function withParties(command: Command): Command {
  return command
    .option("--patient <address>", "of this patient")
    .option("--grantee <address>", "to this grantee, or to ANY_PROVIDER", toGrantee);
}
