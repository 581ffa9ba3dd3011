import { useId, useState } from "react";
import { useTexts } from "../../texts/TextsProvider.js";
import { download } from "../../ui/download.js";
import { QrCode, fitsQrCode } from "./QrCode.js";

interface PassOnProps {
  /** What it is for. */
  label: string;
  text: string;
  /** Left out: there is no file of it. */
  file?: string | undefined;
  /** Whether to show it as a QR code, too. */
  qr?: boolean | undefined;
}

/** Something for another device or person: a QR code to scan, a text to copy, a file to keep. */
export function PassOn({ label, text, file, qr = true }: PassOnProps) {
  const { safety } = useTexts();
  const { exchange } = safety;
  const id = useId();
  return (
    <div className="pass-on">
      {qr && (fitsQrCode(text) ? <QrCode text={text} label={label} /> : <p className="muted">{exchange.tooLong}</p>)}
      <div>
        <label htmlFor={id}>
          {label} ({exchange.text})
        </label>
        <textarea id={id} readOnly rows={4} value={text} spellCheck={false} onFocus={({ target }) => target.select()} />
        <div className="actions">
          <CopyButton text={text} />
          {file !== undefined && (
            <button type="button" onClick={() => download([text], file, "application/json")}>
              {exchange.download}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}

function CopyButton({ text }: { text: string }) {
  const { common, safety } = useTexts();
  const { exchange } = safety;
  const [told, setTold] = useState("");
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => setTold(exchange.copied),
      () => setTold(exchange.notCopied),
    );
  };
  return (
    <>
      <button type="button" onClick={copy}>
        {common.copy}
      </button>
      <span role="status" className="muted">
        {told}
      </span>
    </>
  );
}
