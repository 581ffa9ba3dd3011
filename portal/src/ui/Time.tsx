import { type End } from "@consentry/sdk";
import { useLanguage, useTexts } from "../texts/TextsProvider.js";

/** A moment, in the reader's own time zone. */
export function Time({ value, day = false }: { value: Date; day?: boolean | undefined }) {
  const { language } = useLanguage();
  return <time dateTime={value.toISOString()}>{formatTime(value, language, day)}</time>;
}

/** To make a formatter takes a hundred times as long as to use it. */
const formatters = new Map<string, Intl.DateTimeFormat>();

/** A moment in words. */
export function formatTime(value: Date, language: string, day = false): string {
  const key = `${language}/${day}`;
  const options = day ? ({ dateStyle: "medium" } as const) : ({ dateStyle: "medium", timeStyle: "short" } as const);
  const formatter = formatters.get(key) ?? new Intl.DateTimeFormat(language, options);
  formatters.set(key, formatter);
  return formatter.format(value);
}

/** When something ends: exclusive. */
export function Until({ value }: { value: End }) {
  const { common } = useTexts();
  if (!(value instanceof Date)) return <>{common.untilWithdrawn}</>;
  return (
    <>
      {common.until} <Time value={value} />
    </>
  );
}
