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

const FOLDER = "sdk/src/errors";
const CLASS = /\/\*\* ((?:(?!\*\/).)+?) \*\/\nexport class (\w+)Error extends ConsentryError \{(.*?)\n\}/gs;

/** The errors that the SDK itself throws: what their classes say. */
export function sdkErrors(): ErrorEntry[] {
  const files = readdirSync(join(ROOT, FOLDER)).filter((file) => file.endsWith(".ts"));
  return files.flatMap((file) => entriesIn(readFileSync(join(ROOT, FOLDER, file), "utf8"), file));
}

function entriesIn(source: string, file: string): ErrorEntry[] {
  return [...source.matchAll(CLASS)].map(([, cause = "", name = "", body = ""]) => ({
    name,
    signature: `${name}Error`,
    source: `${FOLDER}/${file}`,
    cause: cause.replaceAll(/\n \* ?/g, " "),
    remedy: /hint(?::| =)\s*"([^"]+)"/.exec(body)?.[1],
  }));
}
