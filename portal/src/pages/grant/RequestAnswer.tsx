import type { AccessRequest } from "@consentry/sdk";
import { useState } from "react";
import { useChain } from "../../chain/ChainProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { SensitiveFields } from "./CategoryFields.js";
import { changesOf, draftOfRequest, offerOf } from "./requestTerms.js";
import { Refusal } from "./Refusal.js";
import { TermsFields } from "./TermsFields.js";
import { TermsForm } from "./TermsForm.js";

interface RequestAnswerProps {
  request: AccessRequest;
  /** The same request, verified once more. */
  again: () => Promise<AccessRequest>;
  onAllowed: () => void;
  forget: () => void;
}

/** Allows what is asked for, or less, or nothing. */
export function RequestAnswer({ request, again, onAllowed, forget }: RequestAnswerProps) {
  const { common, grant } = useTexts();
  const { client } = useChain();
  const [mode, setMode] = useState<"answer" | "change" | "refuse">("answer");
  const [draft, setDraft] = useState(() => draftOfRequest(request));
  const fields = {
    draft,
    offer: offerOf(request),
    change: (part: Partial<typeof draft>) => setDraft({ ...draft, ...part }),
  };
  const terms = async () => client.requests.toGrant(await again(), changesOf(request, draft));
  const undo = (): void => {
    setDraft(draftOfRequest(request));
    setMode("answer");
  };
  if (mode === "refuse") return <Refusal forget={forget} back={() => setMode("answer")} />;
  return (
    <>
      <TermsForm draft={draft} submit={grant.request.allow} terms={terms} onAllowed={onAllowed}>
        {mode === "answer" ? <SensitiveFields {...fields} /> : <TermsFields {...fields} isFolded={false} />}
      </TermsForm>
      <div className="actions">
        {mode === "answer" ? (
          <button type="button" onClick={() => setMode("change")}>
            {grant.request.change}
          </button>
        ) : (
          <button type="button" onClick={undo}>
            {common.back}
          </button>
        )}
        <button type="button" onClick={() => setMode("refuse")}>
          {grant.request.refuse}
        </button>
      </div>
    </>
  );
}
