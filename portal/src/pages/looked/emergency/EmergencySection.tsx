import { useState } from "react";
import { useTexts } from "../../../texts/TextsProvider.js";
import { Busy } from "../../../ui/Busy.js";
import { ErrorNote } from "../../../ui/ErrorNote.js";
import { EmergencyCard } from "./EmergencyCard.js";
import { useEmergencies } from "./useEmergencies.js";

const AT_ONCE = 10;

/** Break-glass, set apart from all other accesses; nothing if there was none. */
export function EmergencySection({ patient }: { patient: string }) {
  const { looked, common } = useTexts();
  const { data, error, refetch } = useEmergencies(patient);
  const [shown, setShown] = useState(AT_ONCE);
  if (error !== null) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Busy />;
  if (data.length === 0) return null;
  return (
    <section aria-labelledby="emergencies">
      <h2 id="emergencies">{looked.emergenciesHeading}</h2>
      <p>{looked.emergenciesIntro}</p>
      {data.slice(0, shown).map((entry) => (
        <EmergencyCard key={entry.subject} entry={entry} />
      ))}
      {data.length > shown && (
        <button type="button" onClick={() => setShown(shown + AT_ONCE)}>
          {common.more}
        </button>
      )}
    </section>
  );
}
