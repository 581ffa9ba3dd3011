import { type ReactNode, useId } from "react";

interface ChoiceProps {
  type: "checkbox" | "radio";
  /** Of a group of radio buttons. */
  name?: string;
  isChosen: boolean;
  isDisabled?: boolean;
  choose: (isChosen: boolean) => void;
  label: ReactNode;
  /** One more line about it. */
  note?: ReactNode;
}

/** A checkbox or a radio button with its label. */
export function Choice({ type, name, isChosen, isDisabled = false, choose, label, note }: ChoiceProps) {
  const id = useId();
  return (
    <div className="choice">
      <input
        id={id}
        type={type}
        name={name}
        checked={isChosen}
        disabled={isDisabled}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        onChange={({ target }) => choose(target.checked)}
      />
      <label htmlFor={id}>{label}</label>
      {note !== undefined && (
        <p id={`${id}-note`} className="muted">
          {note}
        </p>
      )}
    </div>
  );
}
