import { lazy, Suspense, useId, useState } from "react";
import { useTexts } from "../../texts/TextsProvider.js";
import { Busy } from "../../ui/Busy.js";

const Scan = lazy(async () => ({ default: (await import("./scan/Scan.js")).Scan }));

/** Takes a request as a link or as its text, or by its QR code. */
export function RequestEntry({ open }: { open: (text: string) => void }) {
  const { grant } = useTexts();
  const { entry } = grant;
  const [text, setText] = useState("");
  const [isScanning, setScanning] = useState(false);
  const id = useId();
  return (
    <section aria-labelledby={`${id}-heading`}>
      <h2 id={`${id}-heading`}>{entry.heading}</h2>
      <p>{entry.intro}</p>
      <form
        className="search"
        onSubmit={(event) => {
          event.preventDefault();
          open(text);
        }}
      >
        <label htmlFor={`${id}-text`}>{entry.paste}</label>
        <textarea
          id={`${id}-text`}
          required
          rows={2}
          spellCheck={false}
          autoComplete="off"
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
        <div className="actions">
          <button type="submit">{entry.open}</button>
          {!isScanning && (
            <button type="button" onClick={() => setScanning(true)}>
              {entry.scan}
            </button>
          )}
        </div>
      </form>
      {isScanning && (
        <Suspense fallback={<Busy />}>
          <Scan found={open} />
        </Suspense>
      )}
    </section>
  );
}
