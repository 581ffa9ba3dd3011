import { useState } from "react";
import { useTexts } from "../texts/TextsProvider.js";
import { isPasskeySaved, markPasskeySaved } from "./keys.js";
import { savePasskey } from "./passkeyFile.js";
import { useSession } from "./SessionProvider.js";

/** Why the file of a passkey is worth keeping, and the button that saves it. */
export function SavePasskey({ onSaved }: { onSaved?: (() => void) | undefined }) {
  const { connect } = useTexts();
  const { key } = useSession();
  if (key.kind !== "passkey") return null;
  const { passkey } = key;
  const save = (): void => {
    savePasskey(passkey);
    markPasskeySaved(passkey);
    onSaved?.();
  };
  return (
    <>
      <p>{connect.passkeyFile.why}</p>
      <div className="actions">
        <button type="button" onClick={save}>
          {connect.passkeyFile.save}
        </button>
      </div>
    </>
  );
}

/** Asks whoever is here with a passkey to save its file, until it is saved or put off. */
export function KeepPasskey() {
  const { connect } = useTexts();
  const { key } = useSession();
  const [isDone, setDone] = useState(() => key.kind !== "passkey" || isPasskeySaved(key.passkey));
  if (isDone) return null;
  return (
    <section className="notice" aria-labelledby="keep-passkey">
      <h2 id="keep-passkey">{connect.passkeyFile.heading}</h2>
      <SavePasskey onSaved={() => setDone(true)} />
      <div className="actions">
        <button type="button" onClick={() => setDone(true)}>
          {connect.passkeyFile.later}
        </button>
      </div>
    </section>
  );
}
