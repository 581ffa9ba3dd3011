import type { Eip1193Wallet } from "@consentry/sdk";
import type { ReviewVerdict } from "@consentry/sdk/emergency";
import { useId, useState } from "react";
import { useTexts } from "../../texts/TextsProvider.js";
import { Outcome } from "./Outcome.js";
import { useReview } from "./useReview.js";

const VERDICTS = ["justified", "unjustified", "inconclusive"] as const satisfies readonly ReviewVerdict[];

interface ReviewFormProps {
  subject: string;
  wallet: Eip1193Wallet;
  onReview: () => void;
}

/** A verdict and why. */
export function ReviewForm({ subject, wallet, onReview }: ReviewFormProps) {
  const { looked, review } = useTexts();
  const [verdict, setVerdict] = useState<ReviewVerdict>();
  const [note, setNote] = useState("");
  const [progress, state] = useReview(wallet);
  const [id, isSending] = [useId(), progress.at === "sending"];
  if (progress.at === "stated") return <Outcome progress={progress} />;
  const submit = (event: React.SyntheticEvent): void => {
    event.preventDefault();
    if (verdict === undefined) return;
    onReview();
    state(subject, verdict, note);
  };
  return (
    <form className="review" onSubmit={submit}>
      <fieldset disabled={isSending}>
        <legend>{review.verdict}</legend>
        {VERDICTS.map((each) => (
          <label key={each} className="choice">
            <input
              type="radio"
              name={`verdict ${subject}`}
              required
              checked={verdict === each}
              onChange={() => setVerdict(each)}
            />{" "}
            {looked.verdicts[each]}
          </label>
        ))}
      </fieldset>
      <label>
        {review.note}
        <input
          type="text"
          value={note}
          maxLength={500}
          disabled={isSending}
          aria-describedby={id}
          onChange={({ target }) => setNote(target.value)}
        />
      </label>
      <p id={id} className="muted">
        {review.noteHelp}
      </p>
      <Outcome progress={progress} />
      <div className="actions">
        <button type="submit" className="primary" disabled={isSending}>
          {review.submit}
        </button>
      </div>
    </form>
  );
}
