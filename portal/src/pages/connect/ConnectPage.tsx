import { createPasskey, type Passkey } from "@consentry/sdk";
import { useState, useSyncExternalStore } from "react";
import { useChain } from "../../chain/ChainProvider.js";
import { keepPasskey, keptPasskeys, markPasskeySaved } from "../../session/keys.js";
import { openWallet, reopen } from "../../session/openKey.js";
import { useSessions } from "../../session/SessionProvider.js";
import { announcedWallets, type AnnouncedWallet, onWallet } from "../../session/wallets.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { ErrorNote } from "../../ui/ErrorNote.js";
import { PasskeyFile } from "./PasskeyFile.js";

/** Nobody is here yet: a passkey, or a wallet of this browser. */
export function ConnectPage() {
  const { common, connect } = useTexts();
  const [error, setError] = useState<unknown>();
  return (
    <main className="connect">
      <p className="brand">{common.title}</p>
      <h1>{connect.heading}</h1>
      <p className="lead">{connect.intro}</p>
      {error !== undefined && <ErrorNote error={error} />}
      <PasskeyCard onError={setError} />
      <WalletCard onError={setError} />
    </main>
  );
}

interface CardProps {
  onError: (error: unknown) => void;
}

function PasskeyCard({ onError }: CardProps) {
  const { connect } = useTexts();
  const { client } = useChain();
  const { begin } = useSessions();
  const kept = keptPasskeys();
  const enter = async (passkey: Passkey): Promise<void> => {
    begin(await reopen(client, { kind: "passkey", passkey }));
  };
  const create = async (): Promise<void> => {
    const passkey = await createPasskey({ name: connect.passkeyName, rpName: connect.passkeyName });
    keepPasskey(passkey);
    await enter(passkey);
  };
  const reenter = async (passkey: Passkey): Promise<void> => {
    keepPasskey(passkey);
    markPasskeySaved(passkey);
    await enter(passkey);
  };
  return (
    <section className="card">
      <h2>{connect.passkeyHeading}</h2>
      <p>{connect.passkeyIntro}</p>
      <div className="actions">
        {kept.map((passkey) => (
          <button
            key={passkey.credentialId}
            type="button"
            className="primary"
            onClick={() => void enter(passkey).catch(onError)}
          >
            {connect.usePasskey}
          </button>
        ))}
        <button
          type="button"
          className={kept.length === 0 ? "primary" : undefined}
          onClick={() => void create().catch(onError)}
        >
          {connect.newPasskey}
        </button>
      </div>
      <PasskeyFile onPasskey={(passkey) => void reenter(passkey).catch(onError)} />
    </section>
  );
}

function WalletCard({ onError }: CardProps) {
  const { connect } = useTexts();
  const { client } = useChain();
  const { begin } = useSessions();
  const wallets = useSyncExternalStore(onWallet, announcedWallets);
  const open = async (wallet: AnnouncedWallet): Promise<void> => begin(await openWallet(client, wallet));
  return (
    <section className="card">
      <h2>{connect.walletHeading}</h2>
      {wallets.length === 0 && <p>{connect.noWallet}</p>}
      <div className="actions">
        {wallets.map((wallet) => (
          <button key={wallet.info.rdns} type="button" onClick={() => void open(wallet).catch(onError)}>
            {connect.connectWallet(wallet.info.name)}
          </button>
        ))}
      </div>
    </section>
  );
}
