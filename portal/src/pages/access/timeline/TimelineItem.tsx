import type { RegistryEvent } from "@consentry/sdk";
import { useLanguage } from "../../../texts/TextsProvider.js";
import { timeText } from "../../../ui/dates.js";
import { timeOf, useSentence } from "./useSentence.js";

/** What a picture of an event says besides its sentence: it is for the eye only. */
const MARKS: Partial<Record<RegistryEvent["type"], string>> = {
  ConsentGranted: "timeline-allowed",
  ConsentRevoked: "timeline-withdrawn",
  AllRevoked: "timeline-withdrawn",
  GlassBroken: "timeline-alarm",
  RecoveryStarted: "timeline-alarm",
  RecoveryCompleted: "timeline-alarm",
};

/** One event. */
export function TimelineItem({ event }: { event: RegistryEvent }) {
  const { language } = useLanguage();
  const sentence = useSentence();
  const time = timeOf(event);
  return (
    <li className={MARKS[event.type] ?? "timeline-other"}>
      {time !== undefined && (
        <time className="muted" dateTime={time.toISOString()}>
          {timeText(time, language)}
        </time>
      )}{" "}
      {sentence(event)}
    </li>
  );
}
