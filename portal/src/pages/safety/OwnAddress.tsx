import { SavePasskey } from "../../session/KeepPasskey.js";
import { useSession } from "../../session/SessionProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { PassOn } from "./PassOn.js";

/** The address of whoever is here, to be given to others. */
export function OwnAddress() {
  const { connect, safety } = useTexts();
  const { account, patient, key } = useSession();
  return (
    <details className="card">
      <summary>
        <h2>{safety.address.heading}</h2>
      </summary>
      <p className="muted">{safety.address.intro}</p>
      <PassOn label={safety.address.label} text={account} />
      {patient !== account && (
        <>
          <h3>{safety.address.records}</h3>
          <PassOn label={safety.address.records} text={patient} />
        </>
      )}
      {key.kind === "passkey" && (
        <>
          <h3>{connect.passkeyFile.heading}</h3>
          <SavePasskey />
        </>
      )}
    </details>
  );
}
