import type { Review } from "@consentry/sdk/emergency";
import { useTexts } from "../../../texts/TextsProvider.js";
import { Party } from "../../../ui/Party.js";
import { Time } from "../../../ui/Time.js";
import { Proof } from "./Proof.js";
import { useEmergencyActions } from "./useEmergencies.js";

const BADGES = { justified: "badge-good", unjustified: "badge-bad", inconclusive: "badge-warning" } as const;

/** What reviewers found; the last one counts and comes first. */
export function Verdicts({ reviews }: { reviews: readonly Review[] }) {
  const { looked } = useTexts();
  if (reviews.length === 0) return <p>{looked.noVerdict}</p>;
  return (
    <ul className="plain">
      {reviews.toReversed().map((review, i) => (
        <li key={`${review.transaction} ${review.logIndex}`}>
          <p>
            {i > 0 && `${looked.laterReview}: `}
            <span className={`badge ${BADGES[review.verdict]}`}>{looked.verdicts[review.verdict]}</span>{" "}
            {looked.reviewedBy} <Party address={review.by} />, <Time value={review.time} />
          </p>
          {review.noteHash !== undefined && <NoteProof review={review} />}
        </li>
      ))}
    </ul>
  );
}

/** Whether what the reviewer handed over is the note of this review. */
function NoteProof({ review }: { review: Review }) {
  const { looked } = useTexts();
  const emergency = useEmergencyActions();
  const check = (json: string) => {
    const given = emergency.parseNote(json);
    return { text: given.note, isProven: emergency.verifyNote(review, given) };
  };
  return (
    <>
      <p>{looked.noteIntro}</p>
      <Proof title={looked.checkNote} field={looked.noteField} check={check} />
    </>
  );
}
