import type { Command } from "commander";
import type { ExitCode } from "../../exitCodes.js";
import {
  addAppointAccreditor,
  addMoveIdentifier,
  addPublishCredential,
  addSetCapabilities,
  addSetEmergency,
  addSetEntry,
  addSetIdentifier,
} from "./entry.js";
import { addGet } from "./get.js";
import { addRemoveMember, addRestoreOwnKey, addSetMember, addSetOwnKey } from "./members.js";
import { addRegister } from "./register.js";
import { addReinstate, addRenew, addRevoke, addSuspend } from "./standing.js";

const COMMANDS = [
  addGet,
  addRegister,
  addRenew,
  addSuspend,
  addRevoke,
  addReinstate,
  addSetMember,
  addRemoveMember,
  addSetOwnKey,
  addRestoreOwnKey,
  addSetEntry,
  addSetCapabilities,
  addSetEmergency,
  addSetIdentifier,
  addMoveIdentifier,
  addPublishCredential,
  addAppointAccreditor,
];

/** Adds `provider` and its commands. */
export function addProvider(program: Command, done: (code: ExitCode) => void): void {
  const summary = "look up, list and change providers, who acts for them, and their accreditors";
  const provider = program
    .command("provider")
    .summary(summary)
    .description(`${summary.replace(/^l/, "L")}.`);
  for (const add of COMMANDS) add(provider, done);
}
