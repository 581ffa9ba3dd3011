import { password } from "@clack/prompts";
import { UsageError } from "../errors/usage.js";
import { clean } from "../output/clean.js";
import { ask } from "./ask.js";
import { isInteractive } from "./isInteractive.js";

/** Asks for a password, of which nothing is shown, not even its length. */
export async function askPassword(message: string): Promise<string> {
  if (!isInteractive()) {
    throw new UsageError(
      "There is no terminal to ask for the password at.",
      "Run it in a terminal, or use CONSENTRY_PRIVATE_KEY in place of the keystore.",
    );
  }
  return ask<string>((asking) => password({ ...asking, message: clean(message), mask: "" }));
}
