import { ANY_PROVIDER } from "@consentry/sdk";
import { useState } from "react";
import { useTexts } from "../../texts/TextsProvider.js";
import { Choice } from "./Choice.js";
import { draftOf, EVERYTHING } from "./presets.js";
import { TermsFields } from "./TermsFields.js";
import { TermsForm } from "./TermsForm.js";
import { termsOf } from "./terms.js";

/** Allows every active provider something: set apart, and nothing is chosen to begin with. */
export function AnyProviderGrant({ onAllowed }: { onAllowed: (grantee: string) => void }) {
  const { grant } = useTexts();
  const { anybody } = grant;
  const [isSure, setSure] = useState(false);
  const [draft, setDraft] = useState(() => draftOf("own"));
  return (
    <details className="notice notice-warning">
      <summary>{anybody.summary}</summary>
      <h2>{anybody.heading}</h2>
      <p>{anybody.warning}</p>
      <p>{anybody.limits}</p>
      <Choice type="checkbox" isChosen={isSure} choose={setSure} label={anybody.sure} />
      {isSure && (
        <TermsForm
          draft={draft}
          submit={anybody.review}
          terms={() => Promise.resolve({ grantee: ANY_PROVIDER, ...termsOf(draft) })}
          onAllowed={() => onAllowed(ANY_PROVIDER)}
        >
          <TermsFields
            draft={draft}
            offer={EVERYTHING}
            change={(part) => setDraft({ ...draft, ...part })}
            isFolded={false}
          />
        </TermsForm>
      )}
    </details>
  );
}
