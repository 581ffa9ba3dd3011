import { useState } from "react";
import { useChain } from "../chain/ChainProvider.js";
import { useTexts } from "../texts/TextsProvider.js";
import { ErrorNote } from "../ui/ErrorNote.js";
import { useSession } from "./SessionProvider.js";
import { switchChain } from "./walletSigner.js";

/** The wallet is on another network: offers to change it. */
export function SwitchNetwork({ onSwitched }: { onSwitched?: (() => void) | undefined }) {
  const { connect } = useTexts();
  const { config } = useChain();
  const { wallet } = useSession();
  const [error, setError] = useState<unknown>();
  const change = (): void => {
    if (wallet === undefined) return;
    const rpcUrl = new URL(config.rpcUrl, location.origin).href;
    switchChain(wallet.provider, config.deployment, rpcUrl).then(() => onSwitched?.(), setError);
  };
  return (
    <div className="notice notice-warning" role="alert">
      <p>{connect.wrongNetwork(config.deployment.network)}</p>
      <button type="button" onClick={change}>
        {connect.switchNetwork}
      </button>
      {error !== undefined && <ErrorNote error={error} />}
    </div>
  );
}
