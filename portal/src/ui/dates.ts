/** To make a formatter takes as long as to use it a hundred times. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = JSON.stringify([language, options]);
  const made = formatters.get(key) ?? new Intl.DateTimeFormat(language, options);
  formatters.set(key, made);
  return made;
}

/** A day in words, such as "22 November 2027". */
export function dateText(day: Date, language: string, timeZone?: string): string {
  return formatter(localeOf(language), { dateStyle: "long", ...(timeZone !== undefined && { timeZone }) }).format(day);
}

/** A moment in words, in the reader's time zone. */
export function momentText(moment: Date, language: string): string {
  return formatter(localeOf(language), { dateStyle: "long", timeStyle: "short" }).format(moment);
}

/** The time of day, in the reader's time zone. */
export function timeText(moment: Date, language: string): string {
  return formatter(localeOf(language), { timeStyle: "short" }).format(moment);
}

/** The reader's way to write English; without one the day comes first. */
function localeOf(language: string): string {
  const own = navigator.languages.find((each) => each.startsWith(language));
  return own ?? (language === "en" ? "en-GB" : language);
}
