import { useId, useRef, useState } from "react";
import { useTexts } from "../../texts/TextsProvider.js";
import { ScanButton } from "./ScanButton.js";

interface TextSourceProps {
  /** What is wanted. */
  label: string;
  /** Given each text; tells what is wrong with it, or undefined. */
  onText: (text: string) => string | undefined;
  /** Said when nothing was wrong. */
  thanks?: string | undefined;
}

/** More is nothing that this page ever made. */
const MOST_BYTES = 1_000_000;

/** Takes what another device or person passed on: scanned, pasted, or from a file. */
export function TextSource({ label, onText, thanks }: TextSourceProps) {
  const { safety } = useTexts();
  const { exchange } = safety;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string>();
  const [isDone, setDone] = useState(false);
  const take = (given: string): boolean => {
    const found = onText(given.trim());
    setProblem(found);
    setDone(found === undefined);
    if (found === undefined) setText("");
    return found === undefined;
  };
  const open = async (files: FileList | null): Promise<void> => {
    for (const file of files ?? []) {
      if (file.size > MOST_BYTES) setProblem(exchange.tooBig);
      else if (take(await file.text())) continue;
      break;
    }
    if (input.current !== null) input.current.value = "";
  };
  return (
    <div className="text-source">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        rows={3}
        value={text}
        spellCheck={false}
        placeholder={exchange.paste}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-problem`}
        onChange={({ target }) => setText(target.value)}
      />
      <div className="actions">
        <button type="button" disabled={text.trim() === ""} onClick={() => take(text)}>
          {exchange.take}
        </button>
        <ScanButton onText={take} />
        <label className="file">
          {exchange.file} <input ref={input} type="file" multiple onChange={({ target }) => void open(target.files)} />
        </label>
      </div>
      <p id={`${id}-problem`} className="problem" role="alert">
        {problem}
      </p>
      {thanks !== undefined && <p role="status">{isDone && thanks}</p>}
    </div>
  );
}
