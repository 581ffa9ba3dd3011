import type { Purpose } from "@consentry/sdk";
import { useCodeNames, useTexts } from "../../texts/TextsProvider.js";
import { purposeSummaries } from "./words/summaries.js";

/** Purposes in short: the root of a family speaks for it, what it covers can be opened. */
export function PurposeText({ purposes }: { purposes: readonly Purpose[] }) {
  const { access } = useTexts();
  const { purposes: names } = useCodeNames();
  const families = purposeSummaries(purposes);
  const heads = families.flatMap(({ heads }) => heads);
  const covered = families.flatMap(({ covered }) => covered);
  return (
    <>
      {heads.map((purpose) => names[purpose]).join("; ")}
      {covered.length > 0 && (
        <details>
          <summary>{access.covered(covered.length)}</summary>
          <ul>
            {covered.map((purpose) => (
              <li key={purpose}>{names[purpose]}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
