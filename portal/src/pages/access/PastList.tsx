import { useState } from "react";
import type { ListedConsent } from "@consentry/sdk";
import { useTexts } from "../../texts/TextsProvider.js";
import { PastItem } from "./PastItem.js";
import { useEvents } from "./timeline/useEvents.js";
import { usePaged } from "./usePaged.js";

/** So many at once. */
const AT_ONCE = 20;

/** What no longer holds: withdrawn, refused and expired, the newest first. Read only once somebody opens it. */
export function PastList({ words }: { words: readonly ListedConsent[] }) {
  const { access } = useTexts();
  const [isOpen, setOpen] = useState(false);
  if (words.length === 0) return null;
  return (
    <details className="card" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>
        <h2 className="access-summary">{access.past(words.length)}</h2>
      </summary>
      {isOpen && <Items words={words} />}
    </details>
  );
}

function Items({ words }: { words: readonly ListedConsent[] }) {
  const { common } = useTexts();
  const { patient } = words[0] ?? { patient: "" };
  const { data: events } = useEvents(patient);
  const newestFirst = words.toSorted((a, b) => b.statedAt.getTime() - a.statedAt.getTime());
  const [shown, more] = usePaged(newestFirst, AT_ONCE);
  return (
    <>
      <ul className="access-past">
        {shown.map((word) => (
          <PastItem key={word.grantee + word.scope.id} word={word} all={words} events={events ?? []} />
        ))}
      </ul>
      {more !== undefined && (
        <button type="button" onClick={more}>
          {common.more}
        </button>
      )}
    </>
  );
}
