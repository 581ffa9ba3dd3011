import type { Purpose } from "@consentry/sdk";
import { useCodeNames, useTexts } from "../../../texts/TextsProvider.js";

interface PurposeChoiceProps {
  purposes: readonly Purpose[];
  chosen: Purpose | undefined;
  choose: (purpose: Purpose | undefined) => void;
}

/** For which purpose the picture is: one of those that were allowed, or any. */
export function PurposeChoice({ purposes, chosen, choose }: PurposeChoiceProps) {
  const { access } = useTexts();
  const { purposes: names } = useCodeNames();
  return (
    <label className="matrix-purpose">
      {access.matrix.purpose}{" "}
      <select value={chosen ?? ""} onChange={({ target }) => choose(purposes.find((each) => each === target.value))}>
        <option value="">{access.matrix.anyPurpose}</option>
        {purposes.map((purpose) => (
          <option key={purpose} value={purpose}>
            {names[purpose]}
          </option>
        ))}
      </select>
    </label>
  );
}
