import type { SimulatedChange, SimulatedWord, Terms } from "@consentry/sdk";
import { useCodeNames, useTexts } from "../../texts/TextsProvider.js";
import { Actions, Categories, Purposes } from "../../ui/Codes.js";
import { Until } from "../../ui/Time.js";
import { fewestPurposes } from "./draft.js";

/** What the new word takes the place of: what was allowed there, beside what would be. */
export function Replaced({ change }: { change: SimulatedChange }) {
  const { grant } = useTexts();
  const { before, after } = change;
  const place = usePlace()(change);
  if (before?.status === "refused") return <p>{grant.changes.replacesRefusal(place)}</p>;
  if (before?.terms === undefined || after.terms === undefined || !isStanding(before)) return null;
  return <BeforeAndAfter place={place} before={before.terms} after={after.terms} />;
}

function isStanding({ status }: SimulatedWord): boolean {
  return status === "live" || status === "upcoming";
}

/** Where a word stands, in words. */
function usePlace(): (change: SimulatedChange) => string {
  const { sign } = useTexts();
  const { purposes } = useCodeNames();
  return ({ scope }) => {
    if (scope.kind === "purpose") return sign.scopes.purpose(purposes[scope.family]);
    return scope.kind === "unknown" ? scope.id : sign.scopes[scope.kind];
  };
}

function BeforeAndAfter({ place, before, after }: { place: string; before: Terms; after: Terms }) {
  const { access, grant } = useTexts();
  const { changes } = grant;
  const rows: [title: string, tell: (terms: Terms) => React.ReactNode][] = [
    [access.data, ({ categories }) => <Categories names={categories} />],
    [access.purpose, ({ purposes }) => <Purposes names={fewestPurposes(purposes)} />],
    [access.may, ({ actions }) => <Actions names={actions} />],
    [grant.end, ({ until }) => <Until value={until} />],
  ];
  return (
    <div className="table-frame" tabIndex={0} role="group" aria-label={changes.replaces(place)}>
      <table className="before-after">
        <caption>{changes.replaces(place)}</caption>
        <thead>
          <tr>
            <td />
            <th scope="col">{changes.before}</th>
            <th scope="col">{changes.after}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([title, tell]) => (
            <tr key={title}>
              <th scope="row">{title}</th>
              <td>{tell(before)}</td>
              <td>{tell(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
