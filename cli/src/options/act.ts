import type { Command } from "commander";
import type { ExitCode } from "../exitCodes.js";

/** Lets a command run an action with its options, the global ones among them, and its arguments: what the command declares. */
export function act(
  command: Command,
  done: (code: ExitCode) => void,
  action: (options: never, ...args: never[]) => Promise<ExitCode>,
): void {
  command.action(async () => {
    done(await action(command.optsWithGlobals<never>(), ...(command.processedArgs as never[])));
  });
}
