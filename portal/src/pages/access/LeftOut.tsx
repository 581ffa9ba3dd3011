import type { Category } from "@consentry/sdk";
import { useTexts } from "../../texts/TextsProvider.js";
import { Categories } from "../../ui/Codes.js";
import { ORDINARY, SENSITIVE } from "./words/summaries.js";
import type { Consent } from "./words/words.js";

/** What none of a provider's consents includes, to be opened. */
export function LeftOut({ consents }: { consents: readonly Pick<Consent, "terms">[] }) {
  const { access } = useTexts();
  const included = new Set<Category>(consents.flatMap(({ terms }) => terms.categories));
  const sensitive = SENSITIVE.filter((name) => !included.has(name));
  const kinds = ORDINARY.filter((name) => !included.has(name));
  if (sensitive.length + kinds.length === 0) return null;
  const allSensitive = kinds.length === 0 ? access.leftOutAllSensitive : access.leftOutAllSensitiveAndMore;
  const heading =
    sensitive.length === SENSITIVE.length ? allSensitive : access.leftOut(sensitive.length + kinds.length);
  return (
    <details className="access-left-out">
      <summary>{heading}</summary>
      {sensitive.length > 0 && (
        <>
          <p>{access.leftOutSensitive}</p>
          <Categories names={sensitive} />
        </>
      )}
      {kinds.length > 0 && (
        <>
          <p>{access.leftOutKinds}</p>
          <Categories names={kinds} />
        </>
      )}
    </details>
  );
}
