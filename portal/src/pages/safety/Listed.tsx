import { Fragment, type ReactNode, useState } from "react";
import { useTexts } from "../../texts/TextsProvider.js";

const AT_ONCE = 20;

interface ListedProps<Item> {
  items: readonly Item[];
  keyOf: (item: Item) => string;
  /** A list item of each. */
  render: (item: Item) => ReactNode;
}

/** A list that shows some of many, and more if asked to. */
export function Listed<Item>({ items, keyOf, render }: ListedProps<Item>) {
  const { common } = useTexts();
  const [shown, setShown] = useState(AT_ONCE);
  if (items.length === 0) return null;
  return (
    <>
      <ul className="plain">
        {items.slice(0, shown).map((item) => (
          <Fragment key={keyOf(item)}>{render(item)}</Fragment>
        ))}
      </ul>
      {items.length > shown && (
        <button type="button" onClick={() => setShown(shown + AT_ONCE)}>
          {common.more}
        </button>
      )}
    </>
  );
}
