import { useState } from "react";
import { useTexts } from "../../../texts/TextsProvider.js";

/** What was found in a JSON that somebody handed over. */
export interface Checked {
  readonly text: string;
  readonly isProven: boolean;
}

interface ProofProps {
  title: string;
  field: string;
  /** Reads what was handed over, and compares it with the chain; throws if it can't be read. */
  check: (json: string) => Checked;
}

type Outcome = Checked | "unreadable" | undefined;

/** A text of which the chain holds the salted hash only: pasted or from a file, and compared. It never leaves the page. */
export function Proof({ title, field, check }: ProofProps) {
  const { looked } = useTexts();
  const [json, setJson] = useState("");
  const [outcome, setOutcome] = useState<Outcome>();
  const look = (given: string): void => {
    setJson(given);
    setOutcome(checkedBy(check, given));
  };
  const readFile = (file: File | undefined): void => {
    if (file === undefined) return;
    file
      .slice(0, LONGEST)
      .text()
      .then(look, () => setOutcome("unreadable"));
  };
  const submit = (event: React.SyntheticEvent): void => {
    event.preventDefault();
    look(json);
  };
  return (
    <details className="proof">
      <summary className="screen-only">{title}</summary>
      <form className="screen-only" onSubmit={submit}>
        <label>
          {field}
          <textarea rows={3} spellCheck={false} value={json} onChange={({ target }) => setJson(target.value)} />
        </label>
        <label>
          {looked.file}
          <input type="file" accept=".json,application/json" onChange={({ target }) => readFile(target.files?.[0])} />
        </label>
        <div className="actions">
          <button type="submit">{looked.check}</button>
        </div>
      </form>
      <div role="status">{outcome !== undefined && <Result outcome={outcome} />}</div>
    </details>
  );
}

/** More than any that is handed over. */
const LONGEST = 20_000;

function checkedBy(check: ProofProps["check"], json: string): Checked | "unreadable" {
  try {
    return check(json.trim());
  } catch {
    return "unreadable";
  }
}

function Result({ outcome }: { outcome: Checked | "unreadable" }) {
  const { looked } = useTexts();
  if (outcome === "unreadable") return <p className="notice notice-error">{looked.unreadable}</p>;
  const { text, isProven } = outcome;
  return (
    <div className={isProven ? "notice notice-good" : "notice notice-error"}>
      <p>
        <strong>{isProven ? looked.proven : looked.notProven}</strong>
      </p>
      <p>{looked.said}</p>
      <blockquote className="sentence">{text}</blockquote>
    </div>
  );
}
