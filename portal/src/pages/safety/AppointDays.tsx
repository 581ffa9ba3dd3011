import { useId } from "react";
import { useTexts } from "../../texts/TextsProvider.js";
import { Sure } from "./Sure.js";

/** From which day until which, as date inputs give them. */
export interface Days {
  /** Empty: at once. */
  from: string;
  until: string;
  hasNoEnd: boolean;
}

interface AppointDaysProps {
  days: Days;
  onChange: (days: Days) => void;
  problem: string | undefined;
}

/** The time of an appointment. */
export function AppointDays({ days, onChange, problem }: AppointDaysProps) {
  const { safety } = useTexts();
  const { representatives: texts } = safety;
  const id = useId();
  return (
    <div className="field">
      <div className="field-row">
        <label>
          {texts.fromDay}{" "}
          <input type="date" value={days.from} onChange={({ target }) => onChange({ ...days, from: target.value })} />
        </label>
        <label>
          {texts.untilDay}{" "}
          <input
            type="date"
            value={days.until}
            disabled={days.hasNoEnd}
            aria-invalid={problem !== undefined}
            aria-describedby={id}
            onChange={({ target }) => onChange({ ...days, until: target.value })}
          />
        </label>
      </div>
      <Sure label={texts.noEnd} value={days.hasNoEnd} onChange={(hasNoEnd) => onChange({ ...days, hasNoEnd })} />
      <p id={id} className="problem" role="alert">
        {problem}
      </p>
    </div>
  );
}
