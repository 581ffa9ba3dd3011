import type { SignedStatementOf } from "@consentry/sdk";
import { useState } from "react";
import { useChain } from "../../chain/ChainProvider.js";
import { useSpeak } from "../../sign/SpeakProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { Time } from "../../ui/Time.js";
import { groupsOf } from "./addresses.js";
import { PassOn } from "./PassOn.js";
import { readAcceptance } from "./readAcceptance.js";
import { Sure } from "./Sure.js";
import { TextSource } from "./TextSource.js";

/** The old device's part: it hands over to the key that has agreed. */
export function TransferForm({ patient, controller }: { patient: string; controller: string }) {
  const { safety } = useTexts();
  const { device } = safety;
  const { config } = useChain();
  const [acceptance, setAcceptance] = useState<SignedStatementOf<"AcceptControl">>();
  const take = (text: string): string | undefined => {
    const found = readAcceptance(text, { patient, controller, deployment: config.deployment });
    if (typeof found === "string") return device.problems[found];
    setAcceptance(found);
    return undefined;
  };
  if (acceptance !== undefined) return <Confirm acceptance={acceptance} />;
  return (
    <div className="form">
      <details>
        <summary>{device.first}</summary>
        <PassOn label={safety.address.records} text={patient} />
      </details>
      <p>{device.oldIntro}</p>
      <TextSource label={device.show} onText={take} />
    </div>
  );
}

function Confirm({ acceptance }: { acceptance: SignedStatementOf<"AcceptControl"> }) {
  const { safety } = useTexts();
  const { device } = safety;
  const { client } = useChain();
  const speak = useSpeak();
  const [isSure, setSure] = useState(false);
  const { patient, controller, deadline } = acceptance.message;
  const transfer = (): void => {
    void speak({
      title: device.transfer,
      patient,
      sign: (options) => client.patients.transferControl.sign({ patient, controller, acceptance }, options),
      changes: (
        <ul>
          {device.transferChanges.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      ),
    });
  };
  return (
    <div className="form">
      <p>
        {device.compare}: <code className="groups">{groupsOf(controller)}</code>
      </p>
      <p className="muted">
        {device.validUntil} <Time value={new Date(Number(deadline) * 1_000)} />
      </p>
      <Sure label={device.compared} value={isSure} onChange={setSure} />
      <div className="actions">
        <button type="button" className="danger" disabled={!isSure} onClick={transfer}>
          {device.transfer}
        </button>
      </div>
    </div>
  );
}
