import type { Category } from "@consentry/sdk";
import { useId } from "react";
import { useCodeNames, useTexts } from "../../texts/TextsProvider.js";

interface CategoryTicksProps {
  legend: string;
  hint: string;
  names: readonly Category[];
  chosen: ReadonlySet<Category>;
  onChange: (chosen: ReadonlySet<Category>) => void;
}

/** Kinds of data to tick, each with what is dangerous about it. */
export function CategoryTicks({ legend, hint, names, chosen, onChange }: CategoryTicksProps) {
  const { categories } = useCodeNames();
  const { dangers } = useTexts().safety.exclusions;
  const id = useId();
  const toggle = (name: Category): void => {
    const next = new Set(chosen);
    if (!next.delete(name)) next.add(name);
    onChange(next);
  };
  return (
    <fieldset>
      <legend>{legend}</legend>
      <p className="muted">{hint}</p>
      <ul className="plain ticks">
        {names.map((name) => {
          const danger = dangers[name];
          return (
            <li key={name}>
              <label className="tick">
                <input
                  type="checkbox"
                  checked={chosen.has(name)}
                  aria-describedby={danger === undefined ? undefined : `${id}-${name}`}
                  onChange={() => toggle(name)}
                />
                <span>{categories[name]}</span>
              </label>
              {danger !== undefined && (
                <p id={`${id}-${name}`} className="danger-hint">
                  {danger}
                </p>
              )}
            </li>
          );
        })}
      </ul>
    </fieldset>
  );
}
