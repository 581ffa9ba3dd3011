import type { CarriedRefusal } from "@consentry/sdk/moving";
import { useMemo } from "react";
import { useTexts } from "../../texts/TextsProvider.js";
import { Party } from "../../ui/Party.js";
import { useTold } from "../access/useTold.js";
import { groupBy } from "../grant/groupBy.js";
import { Listed } from "../safety/Listed.js";

/** What grantees don't get to see: hidden records, and what was withdrawn or refused. */
export function CarriedRefusals({ refusals }: { refusals: readonly CarriedRefusal[] }) {
  const groups = useMemo(() => [...groupBy(refusals, ({ grantee }) => grantee)], [refusals]);
  return <Listed items={groups} keyOf={([grantee]) => grantee} render={([, all]) => <OfGrantee refusals={all} />} />;
}

function OfGrantee({ refusals }: { refusals: readonly CarriedRefusal[] }) {
  const { access } = useTexts();
  const told = useTold();
  const [first] = refusals;
  const records = refusals.filter(({ scope }) => scope.kind === "record");
  const others = refusals.filter(({ scope }) => scope.kind !== "record");
  return (
    <li className="entry">
      <strong>{first !== undefined && <Party address={first.grantee} />}</strong>
      {others.map(({ scope }) => (
        <p key={scope.id}>
          <span className="badge">{access.status.refused}</span> {told.scope(scope)}
        </p>
      ))}
      {records.length > 0 && (
        <details className="access-hidden">
          <summary>{access.hidden(records.length)}</summary>
          <ul>
            {records.map(({ scope }) => (
              <li key={scope.id}>
                <code>{scope.id}</code>
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  );
}
