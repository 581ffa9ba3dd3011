import { connect, type Deployment, type Eip1193Wallet, newSalt } from "@consentry/sdk";
import { emergencyOf, type ReviewNote, type ReviewVerdict } from "@consentry/sdk/emergency";
import { requireChain } from "../../session/walletSigner.js";
import { download, today } from "../../ui/download.js";

/** What a reviewer is about to state. */
export interface Draft {
  readonly subject: string;
  readonly verdict: ReviewVerdict;
  /** With its salt, which is kept before anything is sent; undefined without a note. */
  readonly kept: ReviewNote | undefined;
}

/** Salts a note; an empty one is none. */
export function draftOf(subject: string, verdict: ReviewVerdict, text: string): Draft {
  const note = text.trim();
  return { subject, verdict, kept: note === "" ? undefined : { subject, note, salt: newSalt() } };
}

/** Has the wallet send a review: a reviewer's word counts by its sender, and no relayer is one. */
export async function sendReview(wallet: Eip1193Wallet, deployment: Deployment, draft: Draft): Promise<void> {
  const { subject, verdict, kept } = draft;
  await requireChain(wallet, deployment.chainId);
  const client = await connect({ runner: wallet, deployment });
  const note = kept && { note: kept.note, salt: kept.salt };
  await emergencyOf(client).review({ subject, verdict, ...note });
}

/** Without it nobody can prove the note: it goes into a file at once. */
export function saveNote(kept: ReviewNote): void {
  download([JSON.stringify(kept, null, 2)], `review-note-${today()}.json`, "application/json");
}
