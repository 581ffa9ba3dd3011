import type { Category } from "@consentry/sdk";
import { useCodeNames, useTexts } from "../../texts/TextsProvider.js";
import { Choice } from "./Choice.js";
import { type FieldsProps, isOneByOne, toggled } from "./draft.js";

/** So many sensitive kinds are shown at once; more are folded away. */
const AT_ONCE = 8;

/** Which ordinary data. */
export function OrdinaryFields({ draft, offer, change }: FieldsProps) {
  const { grant } = useTexts();
  const offered = offer.categories.filter((category) => !isOneByOne(category));
  if (offered.length === 0) return null;
  return (
    <fieldset>
      <legend>{grant.data}</legend>
      <CategoryChoices draft={draft} offered={offered} change={change} />
    </fieldset>
  );
}

/** Which sensitive data: each is chosen for itself, and none is from the start. */
export function SensitiveFields({ draft, offer, change }: FieldsProps) {
  const { grant } = useTexts();
  const offered = offer.categories.filter(isOneByOne);
  if (offered.length === 0) return null;
  const choices = <CategoryChoices draft={draft} offered={offered} change={change} />;
  const chosen = draft.categories.filter(isOneByOne).length;
  return (
    <fieldset className="sensitive">
      <legend>{grant.sensitive}</legend>
      <p>{grant.sensitiveIntro}</p>
      {offered.length <= AT_ONCE ? (
        choices
      ) : (
        <details>
          <summary>{grant.sensitiveShow(chosen)}</summary>
          {choices}
        </details>
      )}
    </fieldset>
  );
}

interface CategoryChoicesProps extends Pick<FieldsProps, "draft" | "change"> {
  offered: readonly Category[];
}

function CategoryChoices({ draft, offered, change }: CategoryChoicesProps) {
  const { categories: names } = useCodeNames();
  const { categories } = draft;
  return (
    <div className="choices">
      {offered.map((category) => (
        <Choice
          key={category}
          type="checkbox"
          isChosen={categories.includes(category)}
          choose={(isIn) => change({ categories: toggled(categories, category, isIn) })}
          label={names[category]}
        />
      ))}
    </div>
  );
}
