import { useTexts } from "../../texts/TextsProvider.js";
import { useNameOf } from "../../ui/Party.js";
import { type Filters, NO_FILTERS } from "./log/filters.js";
import { KINDS } from "./log/kinds.js";

interface FilterBarProps {
  filters: Filters;
  onChange: (filters: Filters) => void;
  /** Who can be chosen. */
  grantees: readonly string[];
}

/** By provider, answer and period. */
export function FilterBar({ filters, onChange, grantees }: FilterBarProps) {
  const { looked } = useTexts();
  const nameOf = useNameOf();
  const change = (name: keyof Filters) => {
    return ({ target }: { target: { value: string } }): void => onChange({ ...filters, [name]: target.value });
  };
  return (
    <fieldset className="filters screen-only">
      <legend>{looked.filtersHeading}</legend>
      <label>
        {looked.filterProvider}
        <select value={filters.grantee} onChange={change("grantee")}>
          <option value="">{looked.everybody}</option>
          {grantees.map((grantee) => (
            <option key={grantee} value={grantee}>
              {nameOf(grantee)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {looked.filterKind}
        <select value={filters.kind} onChange={change("kind")}>
          <option value="">{looked.everything}</option>
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {looked.kinds[kind]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {looked.filterSince}
        <input type="date" value={filters.since} max={filters.until} onChange={change("since")} />
      </label>
      <label>
        {looked.filterUntil}
        <input type="date" value={filters.until} min={filters.since} onChange={change("until")} />
      </label>
      <button type="button" onClick={() => onChange(NO_FILTERS)}>
        {looked.clearFilters}
      </button>
    </fieldset>
  );
}
