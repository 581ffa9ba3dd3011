import { nameOfKey, useSession } from "../../../session/SessionProvider.js";
import { useTexts } from "../../../texts/TextsProvider.js";
import { Busy } from "../../../ui/Busy.js";
import { ErrorNote } from "../../../ui/ErrorNote.js";

interface SendButtonProps {
  label: string;
  isBusy: boolean;
  error: unknown;
  send: () => void;
}

/** Sends with the wallet, and says before that it does. */
export function SendButton({ label, isBusy, error, send }: SendButtonProps) {
  const { common, safety } = useTexts();
  const { recovery: texts } = safety;
  const { key } = useSession();
  return (
    <>
      <p className="notice">{texts.sends(nameOfKey(key))}</p>
      {isBusy && <Busy what={common.sending} />}
      {error !== undefined && <ErrorNote error={error} />}
      <div className="actions">
        <button type="button" className="primary" disabled={isBusy} onClick={send}>
          {label}
        </button>
      </div>
    </>
  );
}
