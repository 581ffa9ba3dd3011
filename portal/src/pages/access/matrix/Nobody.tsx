import { allCategories, type Category } from "@consentry/sdk";
import { useTexts } from "../../../texts/TextsProvider.js";
import { Categories } from "../../../ui/Codes.js";

/** What nobody sees, to be opened. */
export function Nobody({ rows }: { rows: readonly Category[] }) {
  const { access } = useTexts();
  const others = allCategories().filter((name) => !rows.includes(name));
  if (others.length === 0) return null;
  return (
    <details>
      <summary>{access.matrix.nobody(others.length)}</summary>
      <Categories names={others} />
    </details>
  );
}
