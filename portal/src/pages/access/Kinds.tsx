import type { Category } from "@consentry/sdk";
import { useTexts } from "../../texts/TextsProvider.js";
import { Categories } from "../../ui/Codes.js";
import { summaryOf } from "./words/summaries.js";

/** So many are named at once. */
const NAMED = 6;

/** Kinds of data in short: a long list can be opened, what is sensitive is always named. */
export function Kinds({ categories }: { categories: readonly Category[] }) {
  const { access } = useTexts();
  const { kinds, sensitive, isAllOrdinary } = summaryOf(categories);
  const isLong = isAllOrdinary || kinds.length > NAMED;
  return (
    <>
      {isLong ? (
        <details>
          <summary>{isAllOrdinary ? access.allOrdinary : access.manyKinds(kinds.length)}</summary>
          <Categories names={kinds} />
        </details>
      ) : (
        kinds.length > 0 && <Categories names={kinds} />
      )}
      {sensitive.length > 0 && (
        <div className="access-sensitive">
          <strong>{access.sensitive}</strong> <Categories names={sensitive} />
        </div>
      )}
    </>
  );
}
