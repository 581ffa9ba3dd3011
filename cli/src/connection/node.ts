import { UsageError } from "../errors/usage.js";
import type { GlobalOptions } from "../options/globals.js";
import { setting } from "../settings.js";

/** The URL of the node, if one is named. */
export function namedNode({ rpc }: GlobalOptions): string | undefined {
  return rpc ?? setting("CONSENTRY_RPC_URL");
}

/** The URL of the node; throws {@link UsageError} if none is named. */
export function nodeOf(options: GlobalOptions): string {
  const url = namedNode(options);
  if (url !== undefined) return url;
  throw new UsageError("No node is named.", "Name one with --rpc <url>, or by CONSENTRY_RPC_URL.");
}
