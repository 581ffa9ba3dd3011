import { UserRejectedError, WrongChainError } from "@consentry/sdk";
import type { ReviewNote } from "@consentry/sdk/emergency";
import { SwitchNetwork } from "../../session/SwitchNetwork.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { Busy } from "../../ui/Busy.js";
import { ErrorNote } from "../../ui/ErrorNote.js";
import { saveNote } from "./sendReview.js";
import type { ReviewProgress } from "./useReview.js";

/** What became of a review. */
export function Outcome({ progress }: { progress: ReviewProgress }) {
  const { looked, review } = useTexts();
  if (progress.at === "asking") return null;
  if (progress.at === "sending") return <Busy what={review.sending} />;
  if (progress.at === "failed") return <Failure error={progress.error} kept={progress.kept} />;
  const { kept, verdict } = progress;
  return (
    <div className="notice notice-good" role="status">
      <p>{review.stated(looked.verdicts[verdict])}</p>
      {kept !== undefined && <p>{review.noteKept}</p>}
      {kept !== undefined && <SaveButton kept={kept} />}
    </div>
  );
}

function Failure({ error, kept }: { error: unknown; kept: ReviewNote | undefined }) {
  const { review } = useTexts();
  if (error instanceof WrongChainError) return <SwitchNetwork />;
  if (error instanceof UserRejectedError) {
    return (
      <p className="notice" role="status">
        {review.rejected}
      </p>
    );
  }
  return (
    <>
      <ErrorNote error={error} />
      {kept !== undefined && <p>{review.noteInDoubt}</p>}
      {kept !== undefined && <SaveButton kept={kept} />}
    </>
  );
}

function SaveButton({ kept }: { kept: ReviewNote }) {
  const { review } = useTexts();
  return (
    <button type="button" onClick={() => saveNote(kept)}>
      {review.keepNote}
    </button>
  );
}
