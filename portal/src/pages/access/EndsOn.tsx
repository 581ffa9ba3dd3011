import type { End } from "@consentry/sdk";
import { useLanguage, useTexts } from "../../texts/TextsProvider.js";
import { dateText, momentText } from "./words/dates.js";
import { daysLeft, endingOf } from "./words/lastDay.js";

/** From so few days on the end is announced. */
const SOON = 30;

/** When a consent ends, in words; a warning if that is soon. */
export function EndsOn({ until, now }: { until: End; now: number }) {
  const { access, common } = useTexts();
  const { language } = useLanguage();
  if (!(until instanceof Date)) return <>{common.untilWithdrawn}</>;
  const { shown, isDay, timeZone } = endingOf(until);
  const left = daysLeft(until, now);
  const moment = momentText(until, language);
  return (
    <>
      {common.until}{" "}
      <time dateTime={until.toISOString()} title={moment}>
        {isDay ? dateText(shown, language, timeZone) : moment}
      </time>
      {left <= SOON && (
        <>
          {" "}
          <span className="badge badge-warning">{access.endsIn(left)}</span>
        </>
      )}
    </>
  );
}
