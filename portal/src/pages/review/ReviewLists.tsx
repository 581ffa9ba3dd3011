import type { Eip1193Wallet } from "@consentry/sdk";
import type { EmergencyEntry } from "@consentry/sdk/emergency";
import { useState } from "react";
import { useTexts } from "../../texts/TextsProvider.js";
import { Busy } from "../../ui/Busy.js";
import { ErrorNote } from "../../ui/ErrorNote.js";
import { useEmergencies } from "../looked/emergency/useEmergencies.js";
import { ReviewCard } from "./ReviewCard.js";

const AT_ONCE = 20;

/** What waits for a verdict, the longest first, and what has one, the newest first. */
export function ReviewLists({ wallet }: { wallet: Eip1193Wallet }) {
  const { review } = useTexts();
  const { data, error, refetch } = useEmergencies();
  // What is reviewed here stays where it is, so that the reviewer sees what came of it.
  const [held, setHeld] = useState<ReadonlyMap<string, boolean>>(new Map());
  const hold = ({ subject, verdict }: EmergencyEntry): void => {
    setHeld((others) => new Map([[subject, verdict === undefined], ...others]));
  };
  if (error !== null && data === undefined) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Busy />;
  const isWaiting = ({ verdict, subject }: EmergencyEntry): boolean => held.get(subject) ?? verdict === undefined;
  const waiting = data.filter(isWaiting).reverse();
  const done = data.filter((entry) => !isWaiting(entry));
  const props = { wallet, onReview: hold };
  return (
    <>
      {error !== null && <ErrorNote error={error} retry={() => void refetch()} />}
      <List id="waiting" heading={review.waitingHeading} empty={review.nothingWaits} entries={waiting} {...props} />
      <List id="done" heading={review.doneHeading} empty={review.nothingDone} entries={done} {...props} />
    </>
  );
}

interface ListProps {
  id: string;
  heading: string;
  empty: string;
  entries: readonly EmergencyEntry[];
  wallet: Eip1193Wallet;
  onReview: (entry: EmergencyEntry) => void;
}

function List({ id, heading, empty, entries, wallet, onReview }: ListProps) {
  const { common } = useTexts();
  const [shown, setShown] = useState(AT_ONCE);
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {heading} ({entries.length})
      </h2>
      {entries.length === 0 && <p>{empty}</p>}
      {entries.slice(0, shown).map((entry) => (
        <ReviewCard key={entry.subject} entry={entry} wallet={wallet} onReview={onReview} />
      ))}
      {entries.length > shown && (
        <button type="button" onClick={() => setShown(shown + AT_ONCE)}>
          {common.more}
        </button>
      )}
    </section>
  );
}
