import { type End } from "@consentry/sdk";
import { useLanguage, useTexts } from "../texts/TextsProvider.js";
import { dateText, momentText } from "./dates.js";
import { endingOf } from "./lastDay.js";

/** A moment, in the reader's own time zone. */
export function Time({ value, day = false }: { value: Date; day?: boolean | undefined }) {
  const { language } = useLanguage();
  const text = day ? dateText(value, language) : momentText(value, language);
  return <time dateTime={value.toISOString()}>{text}</time>;
}

/** An exclusive end: the last day that is included, if that says the same. */
export function EndTime({ value }: { value: Date }) {
  const { language } = useLanguage();
  const { shown, isDay, timeZone } = endingOf(value);
  const moment = momentText(value, language);
  return (
    <time dateTime={value.toISOString()} title={moment}>
      {isDay ? dateText(shown, language, timeZone) : moment}
    </time>
  );
}

/** When something ends, in words. */
export function Until({ value }: { value: End }) {
  const { common } = useTexts();
  if (!(value instanceof Date)) return <>{common.untilWithdrawn}</>;
  return (
    <>
      {common.until} <EndTime value={value} />
    </>
  );
}
