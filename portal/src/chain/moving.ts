import { type Client, connect } from "@consentry/sdk";
import type { Moving } from "@consentry/sdk/moving";
import type { PortalConfig } from "../config.js";

/** Opens the deployment before this one when it is first needed, once; undefined if there is none. */
export function movingOf(config: PortalConfig, client: Client): (() => Promise<Moving>) | undefined {
  const { predecessor, rpcUrl } = config;
  if (predecessor === undefined) return undefined;
  const open = async (): Promise<Moving> => {
    const runner = new URL(rpcUrl, location.origin).href;
    const [{ movingBetween }, from] = await Promise.all([
      import("@consentry/sdk/moving"),
      connect({ runner, deployment: predecessor }),
    ]);
    return movingBetween(from, client);
  };
  let opened: Promise<Moving> | undefined;
  return () => {
    opened ??= open().catch((error: unknown) => {
      opened = undefined;
      throw error;
    });
    return opened;
  };
}
