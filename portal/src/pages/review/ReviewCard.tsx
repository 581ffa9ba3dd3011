import type { Eip1193Wallet } from "@consentry/sdk";
import type { EmergencyEntry } from "@consentry/sdk/emergency";
import { useId, useState } from "react";
import { usePatientState } from "../../chain/queries.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { Categories } from "../../ui/Codes.js";
import { Party, useNameOf } from "../../ui/Party.js";
import { EmergencyFacts, Fact } from "../looked/emergency/EmergencyFacts.js";
import { ReasonProof } from "../looked/emergency/ReasonProof.js";
import { Verdicts } from "../looked/emergency/Verdicts.js";
import { ReviewForm } from "./ReviewForm.js";

interface ReviewCardProps {
  entry: EmergencyEntry;
  wallet: Eip1193Wallet;
  /** Something is about to be stated about it. */
  onReview: (entry: EmergencyEntry) => void;
}

/** One break-glass, with what was found and the way to say so. */
export function ReviewCard({ entry, wallet, onReview }: ReviewCardProps) {
  const { looked, review } = useTexts();
  const nameOf = useNameOf();
  const id = useId();
  const isReviewed = entry.verdict !== undefined;
  const [isAsked, setAsked] = useState(!isReviewed);
  return (
    <article className="card" aria-labelledby={id}>
      <h3 id={id}>
        {review.brokeGlass(nameOf(entry.grantee))}{" "}
        <span className={entry.state === "open" ? "badge badge-bad" : "badge"}>{review.states[entry.state]}</span>
      </h3>
      <EmergencyFacts entry={entry}>
        <Fact name={review.patient}>
          <Party address={entry.patient} />
        </Fact>
        <Fact name={review.exclusions}>
          <Exclusions patient={entry.patient} />
        </Fact>
      </EmergencyFacts>
      <ReasonProof entry={entry} intro={review.reasonIntro} />
      {isReviewed && <h4>{looked.verdictHeading}</h4>}
      {isReviewed && <Verdicts reviews={entry.reviews} />}
      {isAsked ? (
        <ReviewForm subject={entry.subject} wallet={wallet} onReview={() => onReview(entry)} />
      ) : (
        <div className="actions">
          <button type="button" onClick={() => setAsked(true)}>
            {review.again}
          </button>
        </div>
      )}
    </article>
  );
}

/** What stays closed to break-glass. */
function Exclusions({ patient }: { patient: string }) {
  const { common, review } = useTexts();
  const { data } = usePatientState(patient);
  if (data === undefined) return <>{common.loading}</>;
  return data.exclusions.length === 0 ? <>{review.noExclusions}</> : <Categories names={data.exclusions} />;
}
