import { connect, ConsentryError } from "@consentry/sdk";
import { FetchRequest, JsonRpcProvider } from "ethers";
import { RelayerFaultError } from "./errors/requests.js";
import { walletOf } from "./keys/wallet.js";
import { nodeOf, settings } from "./settings/settings.js";
import { type Relayer, startRelayer } from "./startRelayer.js";

const ANSWER_TIMEOUT = 10_000;

/** Starts the relayer that the environment describes; the key is asked for once the deployment has been verified. */
async function start(): Promise<Relayer> {
  const given = settings();
  const node = nodeOf();
  const { deployment } = await connect({ runner: node, deployment: given.deployment, answerTimeout: ANSWER_TIMEOUT });
  const wallet = await walletOf();
  const provider = providerOf(node, deployment.chainId);
  try {
    return await startRelayer({ ...given, deployment, runner: wallet.connect(provider) });
  } catch (error) {
    provider.destroy();
    throw error;
  }
}

function providerOf(node: string, chainId: number): JsonRpcProvider {
  const connection = new FetchRequest(node);
  connection.timeout = ANSWER_TIMEOUT;
  return new JsonRpcProvider(connection, chainId, { staticNetwork: true, cacheTimeout: -1, batchMaxCount: 1 });
}

/** Ends with the code 0 once everything is on disk. */
function endWith({ close }: Relayer): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void close().finally(() => process.exit()));
  }
}

try {
  endWith(await start());
} catch (cause) {
  const error = cause instanceof ConsentryError ? cause : new RelayerFaultError(cause);
  process.stderr.write(`${error.code}: ${error.message}\n`);
  process.exitCode = 1;
}
