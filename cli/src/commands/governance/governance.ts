import type { Command } from "commander";
import type { ExitCode } from "../../exitCodes.js";
import { addAnnounced } from "./announced.js";
import { addCancel, addExecute } from "./operations.js";
import { addGrantRole, addRevokeRole } from "./roles.js";

/** Adds `governance` and its commands. */
export function addGovernance(program: Command, done: (code: ExitCode) => void): void {
  const governance = program
    .command("governance")
    .summary("list, do and call off what is announced; give and take roles")
    .description("List, do and call off what is announced; give and take roles.");
  for (const add of [addAnnounced, addExecute, addCancel, addGrantRole, addRevokeRole]) add(governance, done);
}
