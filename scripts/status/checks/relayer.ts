/** The relayer says that it delivers. */
import { reasonOf } from "../ask.js";
import { LIMITS } from "../limits.js";
import type { Check, Look } from "../types.js";

export const relayer: Check<Look> = {
  name: "the relayer",
  holds: 0,
  run: async ({ settings }) => {
    if (settings.relayer === undefined) return { facts: [], findings: [], samples: [] };
    const problem = await problemOf(settings.relayer);
    const sentence = `The relayer does not deliver (${problem ?? ""}), and withdrawals that patients signed wait there: see relayer/README.md, "In operation".`;
    return {
      facts: [["relayer", problem ?? "ready"]],
      findings: problem === undefined ? [] : [{ severity: "critical", sentence }],
      samples: [{ metric: "consentry_relayer_ready", value: problem === undefined ? 1 : 0 }],
    };
  },
};

/** Undefined if it is ready. */
async function problemOf(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(new URL("ready", url.endsWith("/") ? url : `${url}/`), {
      // The relayer asks its node.
      signal: AbortSignal.timeout(LIMITS.patience),
    });
    if (response.ok) return undefined;
    const { code } = (await response.json()) as { code?: string };
    return code ?? `HTTP status ${response.status}`;
  } catch (error) {
    return reasonOf(error);
  }
}
