import { custodianOf, type HistoryEntry } from "@consentry/sdk";
import { useState } from "react";
import { useTexts } from "../../texts/TextsProvider.js";
import { Party } from "../../ui/Party.js";
import { Time } from "../../ui/Time.js";
import { useDataNames } from "./useSentence.js";

const AT_ONCE = 50;

/** Each access by itself. */
export function AccessTable({ entries }: { entries: readonly HistoryEntry[] }) {
  const { looked, common } = useTexts();
  const [shown, setShown] = useState(AT_ONCE);
  return (
    <div className="scrolls" tabIndex={0} role="region" aria-label={looked.eachCaption}>
      <table>
        <caption>{looked.eachCaption}</caption>
        <thead>
          <tr>
            {[looked.time, looked.data, looked.record, looked.actor, looked.transaction].map((heading) => (
              <th key={heading} scope="col">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {entries.slice(0, shown).map((entry) => (
            <Row key={`${entry.transaction} ${entry.logIndex}`} entry={entry} />
          ))}
        </tbody>
      </table>
      {entries.length > shown && (
        <button type="button" onClick={() => setShown(shown + AT_ONCE)}>
          {common.more}
        </button>
      )}
    </div>
  );
}

function Row({ entry }: { entry: HistoryEntry }) {
  const { looked } = useTexts();
  const dataOf = useDataNames();
  const { record } = entry;
  return (
    <tr>
      <th scope="row">
        <Time value={entry.time} />
      </th>
      <td>{dataOf(entry.categories)}</td>
      <td>
        {record === undefined ? (
          looked.noRecord
        ) : (
          <>
            <Party address={custodianOf(record)} /> <code>…{record.slice(-6)}</code>
          </>
        )}
      </td>
      <td>
        <Party address={entry.by} />
      </td>
      <td>
        <code>{entry.transaction}</code>
      </td>
    </tr>
  );
}
