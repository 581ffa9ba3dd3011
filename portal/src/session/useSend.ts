import { type Client, connect, type Deployment } from "@consentry/sdk";
import { useState } from "react";
import { useChain } from "../chain/ChainProvider.js";
import { useSession } from "./SessionProvider.js";
import { requireChain } from "./walletSigner.js";

interface Sending<Result> {
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly result: Result | undefined;
  readonly send: () => void;
}

/**
 * Sends a transaction with the session's wallet: what anybody may send, and the relayer does not deliver. Undefined if there is
 * no wallet.
 *
 * @param deployment the page's own if left out
 */
export function useSend<Result>(
  transaction: (client: Client) => Promise<Result>,
  deployment?: Deployment,
): Sending<Result> | undefined {
  const { config, client } = useChain();
  const { wallet } = useSession();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [result, setResult] = useState<Result>();
  if (wallet === undefined) return undefined;
  const run = async (): Promise<Result> => {
    await requireChain(wallet.provider, client.chainId);
    return transaction(await connect({ runner: wallet.provider, deployment: deployment ?? config.deployment }));
  };
  const send = (): void => {
    setBusy(true);
    setError(undefined);
    run()
      .then(setResult, setError)
      .finally(() => setBusy(false));
  };
  return { isBusy, error, result, send };
}
