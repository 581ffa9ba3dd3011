import { useId } from "react";
import { useTexts } from "../../texts/TextsProvider.js";
import { Actions } from "../../ui/Codes.js";
import { Time } from "../../ui/Time.js";
import { EndsOn } from "./EndsOn.js";
import { Kinds } from "./Kinds.js";
import { PurposeText } from "./PurposeText.js";
import type { Consent } from "./words/words.js";

interface ConsentTermsProps {
  consent: Pick<Consent, "scope" | "terms" | "status">;
  now: number;
  /** The id of the heading that names the grantee. */
  headingId: string;
  /** Left out where it can't be withdrawn by itself. */
  onWithdraw?: (() => void) | undefined;
}

/** One consent: what, for what, until when. */
export function ConsentTerms({ consent, now, headingId, onWithdraw }: ConsentTermsProps) {
  const { access } = useTexts();
  const { terms, status } = consent;
  const purposeId = useId();
  return (
    <section className="access-consent">
      <ScopeNote consent={consent} />
      <dl className="facts">
        <div>
          <dt>{access.data}</dt>
          <dd>
            <Kinds categories={terms.categories} />
            {terms.conditional && <p>{access.conditional}</p>}
          </dd>
        </div>
        <div>
          <dt>{access.purpose}</dt>
          <dd id={purposeId}>
            <PurposeText purposes={terms.purposes} />
          </dd>
        </div>
        <div>
          <dt>{access.may}</dt>
          <dd>
            <Actions names={terms.actions} />
          </dd>
        </div>
        <div>
          <dt>{access.validity}</dt>
          <dd>
            {status === "upcoming" && terms.from !== undefined && (
              <>
                <span className="badge badge-warning">{access.status.upcoming}</span> {access.from}{" "}
                <Time value={terms.from} />,{" "}
              </>
            )}
            <EndsOn until={terms.until} now={now} />
          </dd>
        </div>
      </dl>
      {onWithdraw !== undefined && (
        <button
          type="button"
          className="access-small"
          onClick={onWithdraw}
          aria-describedby={`${headingId} ${purposeId}`}
        >
          {access.withdrawOne}
        </button>
      )}
    </section>
  );
}

/** What it is about, where that is less than everything. */
function ScopeNote({ consent: { scope } }: { consent: Pick<Consent, "scope"> }) {
  const { access } = useTexts();
  if (scope.kind === "emergency") return <p className="badge badge-bad">{access.scopes.emergency}</p>;
  if (scope.kind !== "record" && scope.kind !== "programme") return null;
  return (
    <details>
      <summary>{access.scopes[scope.kind]}</summary>
      <code>{scope.id}</code>
    </details>
  );
}
