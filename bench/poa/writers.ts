import { type Client, connect } from "@consentry/sdk";
import { JsonRpcProvider, Network, Wallet } from "ethers";
import type { PoaChain } from "../../scripts/poa/chain.js";

/** Who writes at the same time, each with a key of their own, a quarter of them at each validator. */
const WRITERS = 40;
/** For how long, in milliseconds. */
const DURATION = 20_000;

export interface Writer {
  wallet: Wallet;
  consentry: Client;
}

/** Somebody new, at the validator of that index. */
export async function writerAt({ validators, chainId, deployment }: PoaChain, index: number): Promise<Writer> {
  const url = validators[index % validators.length]?.url;
  const network = Network.from(chainId);
  const provider = new JsonRpcProvider(url, network, {
    staticNetwork: network,
    cacheTimeout: -1,
    pollingInterval: 100,
  });
  const wallet = new Wallet(Wallet.createRandom().privateKey, provider);
  return { wallet, consentry: await connect({ runner: wallet, deployment }) };
}

/** How many writes a second are final, where each writer sends the next one as soon as the last one is. */
export async function rateOf(
  chain: PoaChain,
  write: (writer: Writer, turn: number) => Promise<unknown>,
): Promise<number> {
  const writers = await Promise.all(Array.from({ length: WRITERS }, (_, i) => writerAt(chain, i)));
  const begun = performance.now();
  const counts = writers.map(async (writer) => {
    let turn = 0;
    while (performance.now() - begun < DURATION) await write(writer, turn++);
    return turn;
  });
  const total = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  for (const { wallet } of writers) (wallet.provider as JsonRpcProvider).destroy();
  return (total * 1000) / (performance.now() - begun);
}
