import { type Client, connect, type ConnectParams, type Deployment } from "@consentry/sdk";
import { HDNodeWallet, JsonRpcProvider, Mnemonic } from "ethers";
import { network } from "hardhat";
import { deploySuite, type Suite } from "../../suite.js";
import { type Anvil, startAnvil } from "../anvil.js";
import { deploymentOf } from "../setup.js";
import { type Line, lineTo } from "./line.js";

const MNEMONIC = Mnemonic.fromPhrase("test test test test test test test test test test test junk");

/** Short, so that no test takes long. */
const QUICK = { patience: 500, answerTimeout: 500, signingTimeout: 500, miningTimeout: 20_000 };

/** A node with the suite, and a line to it on which everything can go wrong. */
export interface Faulty<Prepared> {
  anvil: Anvil;
  line: Line;
  deployment: Deployment;
  provider: JsonRpcProvider;
  /** Whose accounts the node has, over the line. */
  patient: HDNodeWallet;
  clinic: HDNodeWallet;
  prepared: Prepared;
  /** A client over the line: the patient's, if nobody else is named. */
  open: (params?: Partial<ConnectParams>) => Promise<Client>;
  /** How many transactions of the patient were mined. */
  mined: () => Promise<number>;
}

/** Before the tests that follow a node is started, after them it is stopped; the line is mended before each. */
export function faultyNode<Prepared = undefined>(
  prepare?: (suite: Suite, deployment: Deployment) => Promise<Prepared>,
): Faulty<Prepared> {
  const world = {} as Faulty<Prepared>;
  before(async () => {
    const anvil = await startAnvil();
    const line = await lineTo(() => anvil.url);
    const remote = await network.create({ network: "localhost", override: { url: anvil.url } });
    const suite = await deploySuite(remote);
    const deployment = await deploymentOf(suite);
    const prepared = await prepare?.(suite, deployment);
    await remote.close();
    const provider = providerTo(line.url);
    const [patient, clinic] = [4, 6].map((i) => accountOf(i).connect(provider));
    const open = (params?: Partial<ConnectParams>) => connect({ runner: patient!, deployment, ...QUICK, ...params });
    const mined = async () => Number(await anvil.rpc("eth_getTransactionCount", patient!.address, "latest"));
    Object.assign(world, { anvil, line, deployment, provider, patient, clinic, prepared, open, mined });
  });
  beforeEach(() => {
    world.line.fail();
    world.line.asked.length = 0;
  });
  after(async () => {
    world.provider.destroy();
    await world.line.close();
    await world.anvil.stop();
  });
  return world;
}

function accountOf(index: number): HDNodeWallet {
  return HDNodeWallet.fromMnemonic(MNEMONIC, `m/44'/60'/0'/0/${index}`);
}

export function providerTo(url: string): JsonRpcProvider {
  return new JsonRpcProvider(url, 31337, { staticNetwork: true, cacheTimeout: -1, batchMaxCount: 1 });
}

/** How a promise failed, if it did. */
export async function failureOf(promise: PromiseLike<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}
