/** A chain of four validators with the suite, and the story that has been played on it. */
import { type Client, connect, type ConnectParams } from "@consentry/sdk";
import { FallbackProvider, JsonRpcProvider, Network, Wallet } from "ethers";
import { type PoaChain, startPoaChain } from "../../scripts/poa/chain.js";
import { installClient } from "../../scripts/poa/install.js";
import { play, type Story } from "../../scripts/start/story.js";

/** Labs for treatment. */
export const LABS = { categories: ["LABS"], purposes: ["TREAT"], actions: ["access"], until: "until-revoked" } as const;

/** Somebody with a key that is theirs alone. */
export interface Person {
  address: string;
  consentry: Client;
  /** Another client of theirs. */
  open: (limits: Partial<ConnectParams>) => Promise<Client>;
}

export interface World extends Story {
  chain: PoaChain;
  /** Somebody new, who asks the validators in turn, beginning with the one of that index. */
  person: (first?: number) => Promise<Person>;
}

/** Before the tests that follow the chain is started, after them it is ended; without its client they are left out. */
export function poaWorld(): World {
  const world = {} as World;
  const providers: FallbackProvider[] = [];
  before(async function () {
    this.timeout(0);
    const programs = installClient();
    if (programs === undefined) this.skip();
    const chain = await startPoaChain({ programs });
    const person = async (first = 0): Promise<Person> => {
      const provider = inTurn(chain, first);
      providers.push(provider);
      const runner = new Wallet(Wallet.createRandom().privateKey, provider);
      const open = (limits: Partial<ConnectParams>) => connect({ runner, deployment: chain.deployment, ...limits });
      return { address: runner.address, consentry: await open({}), open };
    };
    Object.assign(world, { chain, person });
    Object.assign(world, await play(chain));
  });
  after(async function () {
    this.timeout(60_000);
    for (const provider of providers) await provider.destroy();
    await (world as Partial<World>).chain?.close();
  });
  return world;
}

function inTurn({ validators, chainId }: PoaChain, first: number): FallbackProvider {
  const network = Network.from(chainId);
  const order = [...validators.slice(first), ...validators.slice(0, first)];
  const configs = order.map(({ url }, priority) => ({
    provider: new JsonRpcProvider(url, network, { staticNetwork: network, cacheTimeout: -1, batchMaxCount: 1 }),
    priority: priority + 1,
    weight: 1,
  }));
  return new FallbackProvider(configs, network, { quorum: 1, cacheTimeout: -1 });
}
