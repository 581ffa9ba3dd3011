import { UserRejectedError, WrongChainError } from "@consentry/sdk";
import { nameOfKey, useSession } from "../session/SessionProvider.js";
import { SwitchNetwork } from "../session/SwitchNetwork.js";
import { useTexts } from "../texts/TextsProvider.js";
import { Busy } from "../ui/Busy.js";
import { Dialog } from "../ui/Dialog.js";
import { ErrorNote } from "../ui/ErrorNote.js";
import type { Phase, Speech } from "./SpeakProvider.js";
import { StatementText } from "./StatementText.js";

interface SignDialogProps {
  speech: Speech;
  phase: Phase;
  close: () => void;
}

/** What is signed, to the letter, what it changes, and then the wallet or the passkey. */
export function SignDialog({ speech, phase, close }: SignDialogProps) {
  const { sign, common } = useTexts();
  const { key } = useSession();
  const { count = 1 } = speech;
  const cancel = (): void => {
    if (phase.at === "reading") phase.answer(false);
    close();
  };
  return (
    <Dialog title={speech.title} onClose={cancel} wide>
      {phase.at === "reading" && (
        <>
          {count > 1 && <p role="status">{sign.step(phase.step, count)}</p>}
          <h3>{sign.sentenceHeading}</h3>
          <StatementText typedData={phase.typedData} />
          {speech.changes !== undefined && (
            <section>
              <h3>{sign.changesHeading}</h3>
              {speech.changes}
            </section>
          )}
          <footer className="dialog-actions">
            <button type="button" onClick={cancel}>
              {common.cancel}
            </button>
            <button type="button" className="primary" onClick={() => phase.answer(true)}>
              {sign.confirm(nameOfKey(key))}
            </button>
          </footer>
        </>
      )}
      {phase.at === "preparing" && <Busy what={sign.preparing} />}
      {phase.at === "signing" && <Busy what={sign.signing} />}
      {phase.at === "delivering" && <Busy what={sign.delivering} />}
      {phase.at === "failed" && <Failed error={phase.error} close={close} />}
    </Dialog>
  );
}

function Failed({ error, close }: { error: unknown; close: () => void }) {
  const { common, sign } = useTexts();
  const isRefusal = error instanceof UserRejectedError;
  return (
    <>
      {isRefusal ? (
        <p className="notice" role="status">
          {sign.rejected}
        </p>
      ) : error instanceof WrongChainError ? (
        <SwitchNetwork />
      ) : (
        <ErrorNote error={error} />
      )}
      <footer className="dialog-actions">
        <button type="button" onClick={close}>
          {common.close}
        </button>
      </footer>
    </>
  );
}
