import type { RegistryEvent } from "@consentry/sdk";
import { useState } from "react";
import { useLanguage, useTexts } from "../../../texts/TextsProvider.js";
import { dateText } from "../../../ui/dates.js";
import { TimelineItem } from "./TimelineItem.js";
import { timeOf } from "./useSentence.js";

/** So many on a page. */
const ON_A_PAGE = 25;

/** Events day by day, newest first, page by page; they are given in the order of the chain. */
export function TimelineList({ events }: { events: readonly RegistryEvent[] }) {
  const { access } = useTexts();
  const [page, setPage] = useState(0);
  const pages = Math.ceil(events.length / ON_A_PAGE);
  const at = Math.min(page, pages - 1);
  const end = events.length - at * ON_A_PAGE;
  const shown = events.slice(Math.max(0, end - ON_A_PAGE), end).toReversed();
  return (
    <>
      <Days events={shown} />
      {pages > 1 && (
        <nav className="actions" aria-label={access.timeline.pages}>
          <button type="button" disabled={at === 0} onClick={() => setPage(at - 1)}>
            {access.timeline.newer}
          </button>
          <span className="timeline-page" role="status">
            {access.timeline.page(at + 1, pages, events.length)}
          </span>
          <button type="button" disabled={at === pages - 1} onClick={() => setPage(at + 1)}>
            {access.timeline.older}
          </button>
        </nav>
      )}
    </>
  );
}

function Days({ events }: { events: readonly RegistryEvent[] }) {
  const { access } = useTexts();
  const { language } = useLanguage();
  const days: { day: string; events: RegistryEvent[] }[] = [];
  for (const event of events) {
    const time = timeOf(event);
    const last = days.at(-1);
    const day = time === undefined ? (last?.day ?? access.timeline.unknownDay) : dateText(time, language);
    if (last?.day === day) last.events.push(event);
    else days.push({ day, events: [event] });
  }
  return days.map(({ day, events: ofDay }) => (
    <section key={`${day}/${ofDay[0]?.blockNumber ?? 0}/${ofDay[0]?.logIndex ?? 0}`}>
      <h3>{day}</h3>
      <ol className="timeline">
        {ofDay.map((event) => (
          <TimelineItem key={`${event.blockNumber}/${event.logIndex}`} event={event} />
        ))}
      </ol>
    </section>
  ));
}
