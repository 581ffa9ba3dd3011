import { useTexts } from "../../texts/TextsProvider.js";
import { Party } from "../../ui/Party.js";
import { HiddenRecords } from "./HiddenRecords.js";
import { hidesRecord, isToAll, type OfGrantee } from "./words/words.js";

/** Records that are hidden from those who have no card: from everybody, or from who may see nothing else. */
export function OtherHidden({ groups }: { groups: readonly OfGrantee[] }) {
  const { access } = useTexts();
  const hiding = groups.filter(({ words }) => words.some(hidesRecord));
  if (hiding.length === 0) return null;
  return (
    <section className="card" aria-labelledby="hidden-records">
      <h2 id="hidden-records">{access.hiddenHeading}</h2>
      {hiding.map((group) => (
        <div key={group.grantee}>
          <h3>{isToAll(group) ? access.hiddenFromAll : <Party address={group.grantee} />}</h3>
          <HiddenRecords words={group.words.filter(hidesRecord)} />
        </div>
      ))}
    </section>
  );
}
