import type { End } from "@consentry/sdk";
import { useTexts } from "../../texts/TextsProvider.js";
import { daysLeft } from "../../ui/lastDay.js";
import { Until } from "../../ui/Time.js";

/** From so few days on the end is announced. */
const SOON = 30;

/** When a consent ends, in words; a warning if that is soon. */
export function EndsOn({ until, now }: { until: End; now: number }) {
  const { access } = useTexts();
  const left = until instanceof Date ? daysLeft(until, now) : Infinity;
  return (
    <>
      <Until value={until} />
      {left <= SOON && (
        <>
          {" "}
          <span className="badge badge-warning">{access.endsIn(left)}</span>
        </>
      )}
    </>
  );
}
