import { type Deployment, InvalidParameterError } from "@consentry/sdk";

/** Where the page finds its chain and its relayer: `/config.json` beside it. */
export interface PortalConfig {
  /** A node of the chain, which the page reads from. */
  rpcUrl: string;
  /** Who delivers what was signed. */
  relayerUrl: string;
  deployment: Deployment;
  /** The deployment before it, as long as patients move from there (`deployment.predecessor`). */
  predecessor?: Deployment | undefined;
}

/** Reads the configuration of the page; throws a TypeError if the server is gone. */
export async function loadConfig(): Promise<PortalConfig> {
  const response = await fetch("/config.json", { cache: "no-store" });
  const config = (await response.json()) as Partial<PortalConfig>;
  const { rpcUrl, relayerUrl, deployment, predecessor } = config;
  if (!isUrl(rpcUrl) || !isUrl(relayerUrl) || deployment === undefined) {
    throw new InvalidParameterError("config.json", "an object with `rpcUrl`, `relayerUrl` and `deployment`");
  }
  return { rpcUrl, relayerUrl, deployment, predecessor };
}

function isUrl(value: unknown): value is string {
  return typeof value === "string" && URL.canParse(value, "https://portal.example");
}
