/** What the last hour's events tell: how often the glass was broken, and how long withdrawals took. Nobody's patient is told. */
import { emergencyOf } from "@consentry/sdk/emergency";
import { Interface, type LogDescription, getAddress } from "ethers";
import { consentRegistryAbi } from "../../../sdk/src/generated/abis.js";
import { settingsIn } from "../../verification/settingsIn.js";
import { LIMITS } from "../limits.js";
import { blockAt, tagOf } from "../look.js";
import type { ChainLook, Check, Finding, LiveNode, Report, Sample } from "../types.js";
import { intervalOf } from "./clock.js";
import { called } from "./providers.js";

const ABI = new Interface(consentRegistryAbi);
const EVENTS = ["GlassBroken", "ConsentRevoked", "AllRevoked"];

/** An event, and the number of its block. */
interface Event {
  block: number;
  log: LogDescription;
}

export const lastHour: Check<ChainLook> = {
  name: "the last hour",
  holds: 0,
  run: async (look) => {
    const events = await eventsOf(look);
    const [broken, withdrawn] = [
      events.filter(({ log }) => log.name === "GlassBroken"),
      events.filter(({ log }) => log.name !== "GlassBroken"),
    ];
    const reports = await Promise.all([breakGlass(look, broken), withdrawals(look, withdrawn)]);
    return {
      facts: reports.flatMap(({ facts }) => facts),
      findings: reports.flatMap(({ findings }) => findings),
      samples: reports.flatMap(({ samples }) => samples),
    };
  },
};

async function eventsOf({ main, settings }: ChainLook): Promise<Event[]> {
  const filter = {
    address: settings.record.contracts.ConsentRegistry.address,
    topics: [EVENTS.map((name) => ABI.getEvent(name)?.topicHash)],
    fromBlock: tagOf(await firstSince(main, main.head.timestamp - LIMITS.span)),
    toBlock: tagOf(main.head.number),
  };
  const logs = await main.ask<{ blockNumber: string; topics: string[]; data: string }[]>("eth_getLogs", filter);
  return logs.flatMap(({ blockNumber, ...each }) => {
    const log = ABI.parseLog(each);
    return log === null ? [] : [{ block: Number(blockNumber), log }];
  });
}

/** The first block that is not older. Times of blocks are whole seconds and grow: so many can't be within the span. */
async function firstSince({ ask, head }: LiveNode, time: number): Promise<number> {
  let [low, high] = [Math.max(head.number - LIMITS.span, 0), head.number];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const block = await blockAt(ask, middle);
    if ((block?.timestamp ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Judged by how often the contract lets one provider do so. */
async function breakGlass({ client, settings }: ChainLook, broken: readonly Event[]): Promise<Report> {
  const counts = new Map<string, number>();
  for (const { log } of broken) {
    const provider = getAddress(log.args["provider"] as string);
    counts.set(provider, (counts.get(provider) ?? 0) + 1);
  }
  const { burst } = settingsIn(settings.record).emergency;
  const told = [...counts].map(async ([provider, value]) => {
    const { left } = emergencyOf(await client());
    const [rest, entry] = await Promise.all([left(provider), (await client()).providers.get(provider)]);
    const samples: Sample[] = [
      { metric: "consentry_break_glass", value, labels: { provider } },
      { metric: "consentry_break_glass_left", value: rest, labels: { provider } },
    ];
    const name = entry.standing === "unlisted" ? "" : entry.name;
    return { samples, findings: often(called({ name, provider }), value, rest, burst) };
  });
  const reports = await Promise.all(told);
  return {
    facts: [["break-glass", `${broken.length} times in an hour`]],
    findings: reports.flatMap(({ findings }) => findings),
    samples: reports.flatMap(({ samples }) => samples),
  };
}

function often(who: string, count: number, rest: number, burst: number): Finding[] {
  const begin = `${who} broke the glass ${count} times within an hour`;
  if (rest === 0) {
    const sentence = `${begin}, and can't in the next emergency: call it now. If this is a disaster, another provider can; if it is misuse, have its accreditor suspend it.`;
    return [{ severity: "critical", sentence }];
  }
  if (2 * count < burst) return [];
  const sentence = `${begin}, and can ${rest} times more: ask it what happens there, and have reviewers look at each (docs/model.md).`;
  return [{ severity: "warning", sentence }];
}

/** From the stamp, which is there before a person is asked to sign, to the block. */
async function withdrawals(look: ChainLook, withdrawn: readonly Event[]): Promise<Report> {
  if (withdrawn.length === 0) return { facts: [["withdrawals", "0 in an hour"]], findings: [], samples: [] };
  const newest = withdrawn.slice(-LIMITS.withdrawals);
  const delays = await Promise.all(newest.map((event) => delayOf(look.main, event)));
  const value = Math.max(...delays);
  const limit = LIMITS.blocks * (intervalOf(look) ?? 0) + LIMITS.person;
  const sentence = `A withdrawal came onto the chain ${Math.round(value)} s after it was stamped: see that the relayer is ready and blocks have room. It may also have been signed without a connection, or delivered late by somebody.`;
  return {
    facts: [["withdrawals", `${withdrawn.length} in an hour, the slowest after ${Math.round(value)} s`]],
    findings: value > limit ? [{ severity: "warning", sentence }] : [],
    samples: [{ metric: "consentry_withdrawal_delay_seconds", value }],
  };
}

async function delayOf({ ask }: LiveNode, { block, log }: Event): Promise<number> {
  const { timestamp } = (await blockAt(ask, block)) ?? { timestamp: 0 };
  const stamp = Number(log.args[log.name === "AllRevoked" ? "voidBefore" : "issuedAt"]) / 1000;
  return Math.max(timestamp - stamp, 0);
}
