/** Asks every node for what all checks need. */
import { connect } from "@consentry/sdk";
import { type Ask, askOf, ifAnswered, reasonOf } from "./ask.js";
import { LIMITS } from "./limits.js";
import type { Block, ChainLook, DeadNode, LiveNode, Look, NodeAddress, Settings } from "./types.js";

/** The nodes, and what one that is on the right chain says, if there is one. */
export async function lookAt(settings: Settings): Promise<Look | ChainLook> {
  const nodes = await Promise.all(settings.nodes.map(meet));
  const look = { settings, nodes, now: Date.now() / 1000 };
  const main = onChain(look).reduce<LiveNode | undefined>(higher, undefined);
  if (main === undefined) return look;
  let client: ReturnType<ChainLook["client"]> | undefined;
  const limits = { answerTimeout: LIMITS.answer, patience: LIMITS.answer };
  const open = () => (client ??= connect({ runner: main.url, deployment: settings.record, ...limits }));
  return { ...look, main, recent: await recentOf(main), client: open };
}

/** The nodes that are on the chain of the deployment. */
export function onChain({ nodes, settings }: Look): LiveNode[] {
  return nodes.filter((node) => "ask" in node).filter(({ chainId }) => chainId === settings.record.chainId);
}

/** A block by its number, or the newest; undefined if the node does not have it. */
export async function blockAt(ask: Ask, at: number | "latest"): Promise<Block | undefined> {
  const block = await ask<Record<string, string> | null>("eth_getBlockByNumber", tagOf(at), false);
  if (block === null) return undefined;
  const number = (key: string) => Number(block[key]);
  const [gasUsed, gasLimit] = [number("gasUsed"), number("gasLimit")];
  return { number: number("number"), hash: block["hash"] ?? "", timestamp: number("timestamp"), gasUsed, gasLimit };
}

export function tagOf(at: number | "latest"): string {
  return typeof at === "number" ? `0x${at.toString(16)}` : at;
}

async function meet(address: NodeAddress): Promise<LiveNode | DeadNode> {
  const ask = askOf(address.url, LIMITS.patience);
  try {
    const [chainId, head, peers] = await Promise.all([
      ask<string>("eth_chainId"),
      blockAt(ask, "latest"),
      ifAnswered(ask<string>("net_peerCount")),
    ]);
    if (head === undefined) return { ...address, silent: "it has no block" };
    const count = peers === undefined ? undefined : Number(peers);
    return { ...address, chainId: Number(chainId), head, peers: count, ask: askOf(address.url, LIMITS.answer) };
  } catch (error) {
    return { ...address, silent: reasonOf(error) };
  }
}

function higher(best: LiveNode | undefined, node: LiveNode): LiveNode {
  return best === undefined || node.head.number > best.head.number ? node : best;
}

async function recentOf({ head, ask }: LiveNode): Promise<Block[]> {
  const first = Math.max(head.number - LIMITS.recent + 1, 1);
  const numbers = Array.from({ length: Math.max(head.number - first, 0) }, (_, i) => first + i);
  const blocks = await Promise.all(numbers.map((number) => blockAt(ask, number)));
  return [...blocks, ...(head.number > 0 ? [head] : [])].filter((block) => block !== undefined);
}
