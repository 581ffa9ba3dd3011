import type { Category } from "@consentry/sdk";
import { useTexts } from "../../texts/TextsProvider.js";
import { Categories } from "../../ui/Codes.js";

interface ExclusionChangesProps {
  closes: readonly Category[];
  opens: readonly Category[];
}

/** What emergencies open no more, and again. */
export function ExclusionChanges({ closes, opens }: ExclusionChangesProps) {
  const { safety } = useTexts();
  const { exclusions: texts } = safety;
  return (
    <>
      {closes.length > 0 && (
        <>
          <p>
            <strong>{texts.closes}:</strong>
          </p>
          <Categories names={closes} />
          <p>{texts.danger}</p>
        </>
      )}
      {opens.length > 0 && (
        <>
          <p>
            <strong>{texts.opens}:</strong>
          </p>
          <Categories names={opens} />
        </>
      )}
    </>
  );
}
