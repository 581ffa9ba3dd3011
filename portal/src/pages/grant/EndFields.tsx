import { useId } from "react";
import { useTexts } from "../../texts/TextsProvider.js";
import { Choice } from "./Choice.js";
import type { FieldsProps } from "./draft.js";
import { today } from "./ends.js";

/** For how long. */
export function EndFields({ draft, offer, change }: FieldsProps) {
  const { grant } = useTexts();
  const id = useId();
  return (
    <fieldset>
      <legend>{grant.end}</legend>
      <div className="choices">
        {offer.ends.map((end) => (
          <Choice
            key={end}
            type="radio"
            name={`${id}-end`}
            isChosen={draft.end === end}
            choose={() => change({ end })}
            label={grant.ends[end]}
          />
        ))}
      </div>
      {draft.end === "date" && (
        <p>
          <label htmlFor={`${id}-date`}>{grant.lastDay}</label>{" "}
          <input
            id={`${id}-date`}
            type="date"
            required
            min={today()}
            max={offer.lastDay}
            value={draft.date}
            onChange={({ target }) => change({ date: target.value })}
          />
        </p>
      )}
    </fieldset>
  );
}
