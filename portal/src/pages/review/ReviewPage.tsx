import { useSession } from "../../session/SessionProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { Busy } from "../../ui/Busy.js";
import { ErrorNote } from "../../ui/ErrorNote.js";
import { ReviewLists } from "./ReviewLists.js";
import { useMayReview } from "./useMayReview.js";
import "../looked/looked.css";
import "./review.css";

/** What reviewers see and say about emergencies. */
export function ReviewPage() {
  const { review } = useTexts();
  return (
    <>
      <h1>{review.heading}</h1>
      <p className="lead">{review.intro}</p>
      <Content />
    </>
  );
}

function Content() {
  const { review } = useTexts();
  const { wallet } = useSession();
  const { data: mayReview, error, refetch } = useMayReview();
  if (wallet === undefined) return <p className="notice">{review.passkey}</p>;
  if (error !== null) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (mayReview === undefined) return <Busy />;
  return mayReview ? <ReviewLists wallet={wallet.provider} /> : <p className="notice">{review.onlyReviewers}</p>;
}
