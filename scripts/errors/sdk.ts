import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../deployment/settings.js";

/** One error, as the page tells it. */
export interface ErrorEntry {
  name: string;
  /** As one writes it: the class, or the error with its arguments. */
  signature: string;
  /** Where it comes from. */
  source: string;
  cause: string;
  remedy: string | undefined;
}

const CLASS = /\/\*\* ((?:(?!\*\/).)+?) \*\/\nexport class (\w+)Error extends ConsentryError \{(.*?)\n\}/gs;

/** The errors that the SDK itself throws: what their classes say. */
export function sdkErrors(): ErrorEntry[] {
  return errorsIn("sdk/src/errors");
}

/** The errors of the command-line tool: what their classes say. */
export function cliErrors(): ErrorEntry[] {
  return errorsIn("cli/src/errors");
}

/** The errors of the relayer: what their classes say. */
export function relayerErrors(): ErrorEntry[] {
  return errorsIn("relayer/src/errors");
}

function errorsIn(folder: string): ErrorEntry[] {
  const files = readdirSync(join(ROOT, folder)).filter((file) => file.endsWith(".ts"));
  return files.flatMap((file) => entriesIn(readFileSync(join(ROOT, folder, file), "utf8"), `${folder}/${file}`));
}

function entriesIn(text: string, source: string): ErrorEntry[] {
  return [...text.matchAll(CLASS)].map(([, cause = "", name = "", body = ""]) => ({
    name,
    signature: `${name}Error`,
    source,
    cause: cause.replaceAll(/\n \* ?/g, " "),
    remedy: /hint(?::| =)\s*"([^"]+)"/.exec(body)?.[1],
  }));
}
