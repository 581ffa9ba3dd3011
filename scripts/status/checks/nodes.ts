/** Every node answers, is on the right chain, has all blocks, and the same ones. */
import { DEVELOPMENT_CHAIN } from "../../deployment/settings.js";
import { LIMITS } from "../limits.js";
import { blockAt, onChain } from "../look.js";
import type { Check, DeadNode, Finding, LiveNode, Look, Report, Sample } from "../types.js";

export const nodes: Check<Look> = {
  name: "the nodes",
  holds: 0,
  run: async (look) => {
    const live = onChain(look);
    const top = Math.max(...live.map(({ head }) => head.number));
    const blocks = await commonBlocks(live);
    const reports = look.nodes.map((node) => {
      if (!("ask" in node)) return silent(node);
      return live.includes(node) ? present(node, top, look) : astray(node, look);
    });
    return {
      facts: reports.flatMap(({ facts }) => facts),
      findings: [...reports.flatMap(({ findings }) => findings), ...disagreement(live, blocks)],
      samples: [...reports.flatMap(({ samples }) => samples), ...agreement(live, blocks)],
    };
  },
};

function silent({ name, silent }: DeadNode): Report {
  const sentence = `The node ${name} does not answer (${silent}): start it, or correct its address in RPC_URL or STATUS_NODES.`;
  return missing(name, "does not answer", sentence);
}

function astray({ name, chainId }: LiveNode, { settings }: Look): Report {
  const sentence = `The node ${name} is on chain ${chainId}, the deployment on ${settings.record.chainId}: correct its address in RPC_URL or STATUS_NODES, or name the network that is meant.`;
  return missing(name, `on chain ${chainId}`, sentence);
}

function missing(name: string, text: string, sentence: string): Report {
  const samples: Sample[] = [{ metric: "consentry_node_up", value: 0, labels: { node: name } }];
  return { facts: [[`node ${name}`, text]], findings: [{ severity: "critical", sentence }], samples };
}

function present({ name, head, peers }: LiveNode, top: number, { settings }: Look): Report {
  const [lag, labels] = [top - head.number, { node: name }];
  const told = peers === undefined ? [] : [`${peers} peers`];
  const text = [`block ${head.number}`, ...(lag === 0 ? [] : [`${lag} behind`]), ...told].join(", ");
  const findings: Finding[] = [];
  if (lag > LIMITS.lag) {
    const sentence = `The node ${name} is ${lag} blocks behind: whoever asks it learns of withdrawals late. Let nobody ask it until it has caught up, and look at its peers, its disk and its processor.`;
    findings.push({ severity: "critical", sentence });
  }
  if (peers === 0 && settings.record.chainId !== DEVELOPMENT_CHAIN) {
    const sentence = `The node ${name} has no peers, so that it gets no blocks from others: look at its static-nodes.json, its permissions and its firewall.`;
    findings.push({ severity: "warning", sentence });
  }
  const samples: Sample[] = [
    { metric: "consentry_node_up", value: 1, labels },
    { metric: "consentry_node_height", value: head.number, labels },
    { metric: "consentry_node_lag_blocks", value: lag, labels },
  ];
  if (peers !== undefined) samples.push({ metric: "consentry_node_peers", value: peers, labels });
  return { facts: [[`node ${name}`, text]], findings, samples };
}

/** The hash of the highest block that all of them should have, as each has it; nothing of a node alone. */
async function commonBlocks(live: readonly LiveNode[]): Promise<(string | undefined)[]> {
  const height = Math.min(...live.map(({ head }) => head.number));
  if (live.length < 2) return [];
  return Promise.all(live.map(async ({ ask }) => (await blockAt(ask, height))?.hash));
}

function disagreement(live: readonly LiveNode[], blocks: readonly (string | undefined)[]): Finding[] {
  if (new Set(blocks).size < 2) return [];
  const height = Math.min(...live.map(({ head }) => head.number));
  const names = live.map(({ name }) => name).join(", ");
  const sentence = `The nodes ${names} do not have the same block ${height}: what is final on one is not on another. Stop writing, compare their genesis and their validators, and set up anew whichever left the chain.`;
  return [{ severity: "critical", sentence }];
}

function agreement(live: readonly LiveNode[], blocks: readonly (string | undefined)[]): Sample[] {
  return blocks.map((hash, i) => {
    const others = blocks.filter((_, j) => j !== i);
    const value = others.includes(hash) ? 1 : 0;
    return { metric: "consentry_node_agrees", value, labels: { node: live[i]?.name ?? "" } };
  });
}
