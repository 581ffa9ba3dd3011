import { useDeferredValue, useEffect, useMemo, useState } from "react";
import { useConsents } from "../../chain/queries.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { Busy } from "../../ui/Busy.js";
import { ErrorNote } from "../../ui/ErrorNote.js";
import { AccessDays } from "./AccessDays.js";
import { FilterBar } from "./FilterBar.js";
import { filtered, isBefore, NO_FILTERS } from "./log/filters.js";
import { areComplete, groupsOf } from "./log/groups.js";
import { useAccessLog } from "./log/useAccessLog.js";

/** So many sentences at once. */
const AT_ONCE = 25;

/** The audit trail in sentences, as far back as the reader wants. */
export function AccessList({ patient }: { patient: string }) {
  const { looked, common } = useTexts();
  const { entries, isReady, isWhole, isReading, error, from, readOlder, retry } = useAccessLog(patient);
  const [chosen, setFilters] = useState(NO_FILTERS);
  const filters = useDeferredValue(chosen);
  const [shown, setShown] = useState(AT_ONCE);
  const groups = useMemo(() => groupsOf(filtered(entries, filters)), [entries, filters]);
  const grantees = useGrantees(patient, entries);
  const oldest = entries.at(-1);
  const isEnough = isWhole || areComplete(groups, shown, oldest) || isBefore(oldest, filters);
  const goesOn = isReady && !isEnough && !isReading && error === undefined;
  useEffect(() => {
    if (goesOn) readOlder();
  }, [goesOn, from, readOlder]);
  return (
    <section aria-labelledby="accesses">
      <h2 id="accesses">{looked.accessesHeading}</h2>
      <FilterBar filters={chosen} onChange={setFilters} grantees={grantees} />
      <AccessDays groups={groups.slice(0, shown)} />
      {error !== undefined && <ErrorNote error={error} retry={retry} />}
      {error === undefined && !isReady && <Busy />}
      {isReady && !isEnough && error === undefined && <Busy what={looked.readingOlder} />}
      {isReady && isEnough && groups.length === 0 && (
        <p role="status">{entries.length === 0 ? looked.empty : looked.noMatch}</p>
      )}
      {groups.length > shown && (
        <button type="button" onClick={() => setShown(shown + AT_ONCE)}>
          {common.more}
        </button>
      )}
      {isWhole && groups.length > 0 && groups.length <= shown && <p className="muted">{looked.whole}</p>}
    </section>
  );
}

/** Who has asked, as far as it was read, and to whom the patient has said a word. */
function useGrantees(patient: string, entries: readonly { grantee: string }[]): readonly string[] {
  const { data: consents } = useConsents(patient);
  return useMemo(() => {
    const spokenTo = (consents ?? []).map(({ grantee }) => grantee);
    return [...new Set([...entries.map(({ grantee }) => grantee), ...spokenTo])];
  }, [consents, entries]);
}
