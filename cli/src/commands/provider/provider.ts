import type { Command } from "commander";
import type { ExitCode } from "../../exitCodes.js";
import { addGet } from "./get.js";
import { addRegister } from "./register.js";
import { addReinstate, addSuspend } from "./standing.js";

/** Adds `provider` and its commands. */
export function addProvider(program: Command, done: (code: ExitCode) => void): void {
  const provider = program
    .command("provider")
    .summary("look up, register, suspend and reinstate providers")
    .description("Look up, register, suspend and reinstate providers.");
  for (const add of [addGet, addRegister, addSuspend, addReinstate]) add(provider, done);
}
