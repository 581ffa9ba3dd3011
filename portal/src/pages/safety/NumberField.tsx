import { useId } from "react";

interface NumberFieldProps {
  label: string;
  hint: string;
  value: string;
  most: number;
  onChange: (value: string) => void;
  problem: string | undefined;
}

/** A whole number from one on. */
export function NumberField({ label, hint, value, most, onChange, problem }: NumberFieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="number"
        min={1}
        max={most}
        value={value}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => onChange(target.value)}
      />
      <p id={`${id}-hint`} className={problem === undefined ? "muted" : "problem"}>
        {problem ?? hint}
      </p>
    </div>
  );
}
