import { useSession } from "../../session/SessionProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { ErrorNote } from "../../ui/ErrorNote.js";
import { OldRecovery } from "./OldRecovery.js";
import { isToMove, useMove, useSteps } from "./useMove.js";

/** Says on every page that something is still where nobody will look for it one day. */
export function MoveNotice() {
  const { move } = useTexts();
  const { patient } = useSession();
  const { data, error, refetch } = useMove(patient);
  const steps = useSteps(patient);
  if (data === undefined && error !== null) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (data === undefined || data.hasMoved || !isToMove(data)) return null;
  if (data.recovery !== undefined) return <OldRecovery recovery={data.recovery} />;
  return (
    <section className="notice notice-warning" aria-labelledby="move-notice">
      <h2 id="move-notice">{move.noticeHeading}</h2>
      <p>{steps.length === 0 ? move.notice : move.noticeUnderWay}</p>
      <p>
        <a href="#/move">{move.noticeLink}</a>
      </p>
    </section>
  );
}
