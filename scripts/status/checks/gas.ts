/** Blocks have room. */
import { LIMITS } from "../limits.js";
import type { ChainLook, Check, Finding } from "../types.js";

export const gas: Check<ChainLook> = {
  name: "gas",
  holds: 0,
  run: ({ recent }) => {
    if (recent.length === 0) return { facts: [], findings: [], samples: [] };
    const sum = (key: "gasUsed" | "gasLimit") => recent.reduce((total, block) => total + block[key], 0);
    const ratio = sum("gasUsed") / sum("gasLimit");
    const text = `${Math.round(ratio * 100)} % of the last ${recent.length} blocks used`;
    const samples = [{ metric: "consentry_gas_used_ratio", value: ratio }] as const;
    return { facts: [["gas", text]], findings: ratio < LIMITS.busy ? [] : [finding(ratio, text)], samples };
  },
};

function finding(ratio: number, text: string): Finding {
  const sentence = `Blocks are nearly full (${text}), and withdrawals wait with everything else: find out which account sends so much, have grants sent in batches, and see docs/scaling.md before the gas limit is raised.`;
  return { severity: ratio < LIMITS.full ? "warning" : "critical", sentence };
}
