import { useId } from "react";
import { useTexts } from "../../texts/TextsProvider.js";
import { readAddress } from "./addresses.js";
import { ScanButton } from "./ScanButton.js";

interface AddressFieldProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  /** What is wrong with it. */
  problem: string | undefined;
}

/** An address: pasted, or scanned. */
export function AddressField({ label, value, onChange, problem }: AddressFieldProps) {
  const { safety } = useTexts();
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="field-row">
        <input
          id={id}
          value={value}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={problem !== undefined}
          aria-describedby={`${id}-hint`}
          onChange={({ target }) => onChange(target.value)}
        />
        <ScanButton onText={(text) => onChange(readAddress(text) ?? text)} />
      </div>
      <p id={`${id}-hint`} className={problem === undefined ? "muted" : "problem"}>
        {problem ?? safety.address.example}
      </p>
    </div>
  );
}
