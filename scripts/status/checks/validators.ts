/** Every validator makes blocks; where the node tells, as Besu does of QBFT. */
import { getAddress } from "ethers";
import { ifAnswered } from "../ask.js";
import { LIMITS } from "../limits.js";
import { tagOf } from "../look.js";
import type { ChainLook, Check, Finding, LiveNode, Report, Sample } from "../types.js";

interface SignerMetric {
  address: string;
  /** How many blocks of the range it proposed, in hexadecimal. */
  proposedBlockCount: string;
}

export const validators: Check<ChainLook> = {
  name: "validators",
  holds: 0,
  run: async ({ main }) => {
    const named = await ifAnswered(main.ask<string[]>("qbft_getValidatorsByBlockNumber", "latest"));
    if (named === undefined) return left("left out, as the node does not answer qbft_ questions");
    const all = named.map((each) => getAddress(each));
    const count = Math.min(all.length * LIMITS.turns, main.head.number);
    const active = await makersOf(main, count);
    if (active === undefined)
      return left(`${all.length}, and the node does not tell who of them makes blocks`, all.length);
    // Too few blocks for everybody to have had a turn.
    if (count < 2 * all.length) return left(`${all.length}`, all.length);
    return report(all, active, count);
  },
};

/** Who proposed one of so many of the newest blocks. */
async function makersOf({ head, ask }: LiveNode, count: number): Promise<Set<string> | undefined> {
  const range = [head.number - count + 1, head.number].map(tagOf);
  const metrics = await ifAnswered(ask<SignerMetric[]>("qbft_getSignerMetrics", ...range));
  const active = metrics?.filter(({ proposedBlockCount }) => Number(proposedBlockCount) > 0);
  return active && new Set(active.map(({ address }) => getAddress(address)));
}

function left(text: string, count?: number): Report {
  const samples: Sample[] = count === undefined ? [] : [{ metric: "consentry_validators", value: count }];
  return { facts: [["validators", text]], findings: [], samples };
}

function report(all: readonly string[], active: ReadonlySet<string>, count: number): Report {
  const missing = all.filter((validator) => !active.has(validator));
  const spare = Math.floor((all.length - 1) / 3) - missing.length;
  const text = missing.length === 0 ? `${all.length}, all make blocks` : `${all.length}, ${missing.length} missing`;
  const findings = missing.map((validator): Finding => {
    const sentence = `The validator ${validator} made none of the last ${count} blocks: start it, or look at its clock, its key and its peers. ${missing.length} of ${all.length} are missing; ${spare > 0 ? `${spare} more may fail` : "if one more fails, the chain stands still"}.`;
    return { severity: spare > 0 ? "warning" : "critical", sentence };
  });
  const up = all.map((validator): Sample => {
    return { metric: "consentry_validator_up", value: active.has(validator) ? 1 : 0, labels: { validator } };
  });
  const samples: Sample[] = [{ metric: "consentry_validators", value: all.length }, ...up];
  return { facts: [["validators", text]], findings, samples };
}
