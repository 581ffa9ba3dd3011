import { type ReactNode, useState } from "react";
import { useTexts } from "../../texts/TextsProvider.js";
import { Busy } from "../../ui/Busy.js";
import { AllowProblem } from "./AllowProblem.js";
import { type Draft, missingIn } from "./draft.js";
import type { GrantTerms } from "./simulateGrant.js";
import { useAllow } from "./useAllow.js";

interface TermsFormProps {
  draft: Draft;
  /** What is chosen. */
  children: ReactNode;
  /** What the button says. */
  submit: string;
  /** What is allowed, as it is then. */
  terms: () => Promise<Omit<GrantTerms, "patient">>;
  onAllowed: () => void;
}

/** Chooses what is allowed, and goes on to reading and signing it. */
export function TermsForm({ draft, children, submit, terms, onAllowed }: TermsFormProps) {
  const { grant } = useTexts();
  const { isBusy, error, allow } = useAllow();
  const [isTried, setTried] = useState(false);
  const missing = missingIn(draft);
  const send = async (clear: boolean): Promise<void> => {
    setTried(true);
    if (missing.length > 0) return;
    const isAllowed = await allow(async () => ({ ...(await terms()), ...(clear && { clear }) }));
    if (isAllowed) onAllowed();
  };
  return (
    <form
      className="terms"
      onSubmit={(event) => {
        event.preventDefault();
        void send(false);
      }}
    >
      {children}
      {isTried && missing.length > 0 && (
        <ul className="notice notice-error" role="alert">
          {missing.map((part) => (
            <li key={part}>{grant.missing[part]}</li>
          ))}
        </ul>
      )}
      <AllowProblem error={error} clear={() => void send(true)} />
      {isBusy && <Busy what={grant.checking} />}
      <div className="actions">
        <button type="submit" className="primary" disabled={isBusy}>
          {submit}
        </button>
      </div>
    </form>
  );
}
