import { type Eip1193Wallet, TimeoutError, UnknownOutcomeError } from "@consentry/sdk";
import type { ReviewNote, ReviewVerdict } from "@consentry/sdk/emergency";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useChain } from "../../chain/ChainProvider.js";
import { draftOf, saveNote, sendReview } from "./sendReview.js";

/** How far a review has come; `kept` proves its note. */
export type ReviewProgress =
  | { readonly at: "asking" }
  | { readonly at: "sending" }
  | { readonly at: "stated"; readonly verdict: ReviewVerdict; readonly kept: ReviewNote | undefined }
  | { readonly at: "failed"; readonly error: unknown; readonly kept: ReviewNote | undefined };

type State = (subject: string, verdict: ReviewVerdict, note: string) => void;

/** States a verdict with a wallet. */
export function useReview(wallet: Eip1193Wallet): [progress: ReviewProgress, state: State] {
  const { config } = useChain();
  const queries = useQueryClient();
  const [progress, setProgress] = useState<ReviewProgress>({ at: "asking" });
  const state: State = (subject, verdict, note) => {
    const draft = draftOf(subject, verdict, note);
    const { kept } = draft;
    setProgress({ at: "sending" });
    sendReview(wallet, config.deployment, draft).then(
      () => {
        if (kept !== undefined) saveNote(kept);
        setProgress({ at: "stated", verdict, kept });
        void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes("emergencies") });
      },
      (error: unknown) => setProgress({ at: "failed", error, kept: isInDoubt(error) ? kept : undefined }),
    );
  };
  return [progress, state];
}

/** Whether it may have been stated all the same. */
function isInDoubt(error: unknown): boolean {
  return error instanceof UnknownOutcomeError || error instanceof TimeoutError;
}
