import type { ListedConsent } from "@consentry/sdk";
import { useTexts } from "../../texts/TextsProvider.js";
import { Time } from "../../ui/Time.js";
import { useLift } from "./useLift.js";

/** The records that are hidden from somebody, each with a way to show it again. */
export function HiddenRecords({ words }: { words: readonly ListedConsent[] }) {
  const { access } = useTexts();
  const lift = useLift();
  if (words.length === 0) return null;
  return (
    <details className="access-hidden">
      <summary>{access.hidden(words.length)}</summary>
      <ul>
        {words.map((word) => (
          <li key={word.scope.id}>
            {access.hiddenSince} <Time value={word.statedAt} />{" "}
            <button type="button" className="access-small" onClick={() => lift(word)}>
              {access.lift}
            </button>
            <br />
            <code>{word.scope.id}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}
