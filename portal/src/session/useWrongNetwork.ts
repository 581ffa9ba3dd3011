import { useEffect, useState } from "react";
import { useChain } from "../chain/ChainProvider.js";
import { useSession } from "./SessionProvider.js";

/** Whether the session's wallet is on another chain than the page. */
export function useWrongNetwork(): boolean {
  const { client } = useChain();
  const { wallet } = useSession();
  const [isWrong, setWrong] = useState(false);
  useEffect(() => {
    if (wallet === undefined) return;
    const { provider } = wallet;
    const look = (): void => {
      provider.request({ method: "eth_chainId" }).then(
        (id) => setWrong(Number(id) !== client.chainId),
        () => undefined,
      );
    };
    look();
    provider.on?.("chainChanged", look);
    return () => provider.removeListener?.("chainChanged", look);
  }, [wallet, client]);
  return isWrong;
}
