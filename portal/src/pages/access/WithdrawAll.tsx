import { useState } from "react";
import { useChain } from "../../chain/ChainProvider.js";
import { useSession } from "../../session/SessionProvider.js";
import { useSpeak } from "../../sign/SpeakProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";

/** Ends everything: asked once more, then signed. */
export function WithdrawAll() {
  const { access, common } = useTexts();
  const { patient } = useSession();
  const { client } = useChain();
  const speak = useSpeak();
  const [isSure, setSure] = useState(false);
  const withdraw = (): void => {
    setSure(false);
    void speak({
      title: access.withdrawAll,
      patient,
      sign: (options) => client.consents.revokeAll.sign({ patient }, options),
      changes: <p>{access.withdrawAllExplanation}</p>,
    });
  };
  if (!isSure) {
    return (
      <button type="button" className="danger" onClick={() => setSure(true)}>
        {access.withdrawAll}
      </button>
    );
  }
  return (
    <div className="notice notice-error access-sure" role="group" aria-label={access.withdrawAll}>
      <p>{access.withdrawAllExplanation}</p>
      <div className="actions">
        <button type="button" className="danger" onClick={withdraw}>
          {access.withdrawAllConfirm}
        </button>
        <button type="button" onClick={() => setSure(false)}>
          {common.cancel}
        </button>
      </div>
    </div>
  );
}
