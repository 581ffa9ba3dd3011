import { config } from "dotenv";

let ofFile: Record<string, string> | undefined;

/** A variable of the environment, or else of the file .env in the working directory; undefined if it is empty. */
export function setting(name: `RELAYER_${string}`): string | undefined {
  const own = process.env[name];
  if (own !== undefined && own !== "") return own;
  ofFile ??= readFile();
  const value = ofFile[name];
  return value === "" ? undefined : value;
}

/** What the file says stays here: it configures this program only, not what Node or a library would make of it. */
function readFile(): Record<string, string> {
  const processEnv: Record<string, string> = {};
  config({ path: process.env["DOTENV_CONFIG_PATH"] ?? ".env", processEnv, quiet: true });
  return processEnv;
}
