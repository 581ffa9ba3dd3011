import { useLanguage } from "../../texts/TextsProvider.js";
import { momentText } from "./words/dates.js";

/** A moment, as the reader writes it. */
export function Moment({ value }: { value: Date }) {
  const { language } = useLanguage();
  return <time dateTime={value.toISOString()}>{momentText(value, language)}</time>;
}
