/** Blocks arrive, and are dated as this machine's clock says. */
import { setTimeout as sleep } from "node:timers/promises";
import { DEVELOPMENT_CHAIN } from "../../deployment/settings.js";
import { LIMITS } from "../limits.js";
import type { ChainLook, Check, Finding, LiveNode, Sample } from "../types.js";

export const clock: Check<ChainLook> = {
  name: "the clock",
  holds: 0,
  run: async (look) => {
    const interval = intervalOf(look);
    const age = look.now - look.main.head.timestamp;
    const samples: Sample[] = [{ metric: "consentry_block_age_seconds", value: age }];
    if (interval !== undefined) samples.push({ metric: "consentry_block_interval_seconds", value: interval });
    const every = interval === undefined ? "" : `, one every ${interval.toFixed(1)} s`;
    const text = `${Math.abs(Math.round(age))} s ${age < 0 ? "ahead" : "old"}${every}`;
    return { facts: [["newest block", text]], findings: await findingsOf(look, age, interval), samples };
  },
};

/** Seconds between the newest blocks; undefined while there are not two. */
export function intervalOf({ recent }: ChainLook): number | undefined {
  const [first, last] = [recent[0], recent.at(-1)];
  if (first === undefined || last === undefined || first === last) return undefined;
  return (last.timestamp - first.timestamp) / (recent.length - 1);
}

async function findingsOf({ main, settings }: ChainLook, age: number, interval = 1): Promise<Finding[]> {
  const seconds = Math.abs(Math.round(age));
  if (age < -LIMITS.ahead) {
    const sentence = `The newest block is dated ${seconds} s ahead of this machine's clock: set the clocks of this machine and of the validators by NTP. While the validators' are ahead, consents end too early.`;
    return [{ severity: "critical", sentence }];
  }
  // A chain to try things on makes a block only when there is something to put into it.
  if (age <= LIMITS.stalled || settings.record.chainId === DEVELOPMENT_CHAIN) return [];
  const sentence = (await grows(main, interval))
    ? `Blocks arrive, but are dated ${seconds} s behind this machine's clock: set the clocks of this machine and of the validators by NTP. While the validators' are behind, consents end too late.`
    : `The chain stands still: its newest block is ${seconds} s old, and none came while this was asked. Nothing can be withdrawn until more than two thirds of the validators run and reach each other: start those that are down, then restart the others one after the other.`;
  return [{ severity: "critical", sentence }];
}

/** Whether a block comes where the next one is due. */
async function grows({ head, ask }: LiveNode, interval: number): Promise<boolean> {
  const end = Date.now() + Math.min(interval + 0.5, 4) * 1000;
  while (Date.now() < end) {
    await sleep(100);
    if (Number(await ask<string>("eth_blockNumber")) > head.number) return true;
  }
  return false;
}
