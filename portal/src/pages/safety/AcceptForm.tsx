import type { SignedStatementOf } from "@consentry/sdk";
import { type SubmitEvent, useState } from "react";
import { useChain } from "../../chain/ChainProvider.js";
import { useSession } from "../../session/SessionProvider.js";
import { useSpeak } from "../../sign/SpeakProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { Acceptance } from "./Acceptance.js";
import { AddressField } from "./AddressField.js";
import { readAddress } from "./addresses.js";

/** The new device's part: its key agrees to take over. */
export function AcceptForm() {
  const { safety } = useTexts();
  const { device, address: words } = safety;
  const { client } = useChain();
  const { account } = useSession();
  const speak = useSpeak();
  const [text, setText] = useState("");
  const [isTried, setTried] = useState(false);
  const [accepted, setAccepted] = useState<SignedStatementOf<"AcceptControl">>();
  const patient = readAddress(text);
  const problem = patient === undefined ? words.bad : patient === account ? words.own : undefined;
  const accept = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (patient === undefined || problem !== undefined) return;
    void speak({
      title: device.accept,
      patient,
      sign: (options) => client.patients.acceptControl.sign({ patient }, options),
      changes: <p>{device.acceptChanges}</p>,
      keep: (statement) => statement.primaryType === "AcceptControl" && setAccepted(statement),
    });
  };
  if (accepted !== undefined) return <Acceptance acceptance={accepted} />;
  return (
    <form className="form" noValidate aria-label={device.isNew} onSubmit={accept}>
      <p>{device.newIntro}</p>
      <p className="muted">{device.acceptNew}</p>
      <AddressField label={device.patient} value={text} onChange={setText} problem={isTried ? problem : undefined} />
      <div className="actions">
        <button type="submit" className="primary">
          {device.accept}
        </button>
      </div>
    </form>
  );
}
