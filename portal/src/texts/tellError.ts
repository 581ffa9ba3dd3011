import { ConsentryError } from "@consentry/sdk";
import { RelayerError } from "../relay/relayer.js";
import type { Texts } from "./en/index.js";

/** What went wrong, and what to do. */
export interface Told {
  message: string;
  hint: string | undefined;
}

/** Puts an error into the reader's language; what has no words of its own is told in the SDK's, in English. */
export function tellError(error: unknown, { errors }: Texts): Told {
  const code = codeOf(error);
  const told = Object.hasOwn(errors.byCode, code) ? errors.byCode[code as keyof typeof errors.byCode] : undefined;
  if (told !== undefined) return told;
  if (error instanceof ConsentryError) return { message: error.shortMessage, hint: error.hint };
  if (error instanceof RelayerError) return { message: error.message, hint: error.hint };
  return { message: errors.unknown, hint: error instanceof Error ? error.message : undefined };
}

function codeOf(error: unknown): string {
  if (error instanceof ConsentryError || error instanceof RelayerError) return error.code;
  return error instanceof TypeError ? "Network" : "";
}
