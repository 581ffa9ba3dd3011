import { confirm } from "@clack/prompts";
import { NotConfirmedError } from "../errors/notConfirmed.js";
import { UsageError } from "../errors/usage.js";
import { ask } from "./ask.js";
import { isInteractive } from "./isInteractive.js";

/** Sees to it that somebody can be asked, or need not be. */
export function requireConfirmable(yes: boolean | undefined): void {
  if (yes === true || isInteractive()) return;
  throw new UsageError("There is no terminal to ask for confirmation at.", "Look at what it does, then add --yes.");
}

/** Asks whether to go on; throws {@link NotConfirmedError} unless the answer is yes. */
export async function requireConfirmed(yes: boolean | undefined): Promise<void> {
  if (yes === true) return;
  const answer = await ask<boolean>((asking) => confirm({ ...asking, message: "Send this?", initialValue: false }));
  if (!answer) throw new NotConfirmedError();
}
