import type { Guardians, RecoveryProposal } from "@consentry/sdk";
import { type SubmitEvent, useState } from "react";
import { useChain } from "../../../chain/ChainProvider.js";
import { useTexts } from "../../../texts/TextsProvider.js";
import { Busy } from "../../../ui/Busy.js";
import { ErrorNote } from "../../../ui/ErrorNote.js";
import { AddressField } from "../AddressField.js";
import { readAddress } from "../addresses.js";

interface ProposeFormProps {
  guardians: Guardians;
  onProposal: (proposal: RecoveryProposal) => void;
}

/** Which key is to take over: nothing is signed yet. */
export function ProposeForm({ guardians, onProposal }: ProposeFormProps) {
  const { safety } = useTexts();
  const { recovery: texts, address: words } = safety;
  const { client } = useChain();
  const [text, setText] = useState("");
  const [isTried, setTried] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const controller = readAddress(text);
  const problem = controller === undefined ? words.bad : controller === guardians.patient ? words.patient : undefined;
  const propose = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (controller === undefined || problem !== undefined) return;
    setBusy(true);
    setError(undefined);
    client.patients
      .proposeRecovery({ guardians, controller })
      .then(onProposal, setError)
      .finally(() => setBusy(false));
  };
  return (
    <form className="form" noValidate aria-label={texts.propose} onSubmit={propose}>
      <AddressField label={texts.controller} value={text} onChange={setText} problem={isTried ? problem : undefined} />
      {isBusy && <Busy what={texts.proposing} />}
      {error !== undefined && <ErrorNote error={error} />}
      <div className="actions">
        <button type="submit" className="primary" disabled={isBusy}>
          {texts.propose}
        </button>
      </div>
    </form>
  );
}
