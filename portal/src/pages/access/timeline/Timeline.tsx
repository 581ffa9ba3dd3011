import { useProgress } from "../../../chain/progress.js";
import { useTexts } from "../../../texts/TextsProvider.js";
import { Busy } from "../../../ui/Busy.js";
import { ErrorNote } from "../../../ui/ErrorNote.js";
import { TimelineList } from "./TimelineList.js";
import { useEvents } from "./useEvents.js";
import "./timeline.css";

/** Everything that happened to a patient's consents and to who speaks for them, newest first, in plain sentences. */
export function Timeline({ patient }: { patient: string }) {
  const { access } = useTexts();
  const { data, error, refetch } = useEvents(patient);
  const count = useProgress("events");
  if (data === undefined && error !== null) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (data === undefined) return <Busy what={access.timeline.reading(count ?? 0)} />;
  if (data.length === 0) return <p>{access.timeline.empty}</p>;
  return <TimelineList events={data} />;
}
