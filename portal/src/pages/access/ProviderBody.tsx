import { useTexts } from "../../texts/TextsProvider.js";
import { ConsentTerms } from "./ConsentTerms.js";
import { HiddenRecords } from "./HiddenRecords.js";
import { LeftOut } from "./LeftOut.js";
import { useWithdraw } from "./useWithdraw.js";
import { type Consent, hidesRecord, type OfGrantee, standing } from "./words/words.js";

interface ProviderBodyProps {
  provider: OfGrantee;
  now: number;
  /** The id of the heading that names the grantee. */
  headingId: string;
}

/** What a grantee may see, what is left out, and the ways to end it. */
export function ProviderBody({ provider, now, headingId }: ProviderBodyProps) {
  const { access } = useTexts();
  const { grantee, words } = provider;
  const withdraw = useWithdraw();
  const consents = standing(provider, now);
  return (
    <>
      {consents.map((consent) => (
        <ConsentTerms
          key={consent.scope.id}
          consent={consent}
          now={now}
          headingId={headingId}
          onWithdraw={canBeAlone(consent, consents) ? () => withdraw.one(consent) : undefined}
        />
      ))}
      <LeftOut consents={consents} />
      <HiddenRecords words={words.filter(hidesRecord)} />
      <div className="actions">
        <button
          type="button"
          className="danger"
          aria-describedby={headingId}
          onClick={() => withdraw.everything(grantee, consents)}
        >
          {access.withdraw}
        </button>
      </div>
    </>
  );
}

/** A withdrawal in the GENERAL scope is one of everything, and of a single consent there is no part. */
function canBeAlone({ scope }: Consent, all: readonly Consent[]): boolean {
  return all.length > 1 && scope.kind !== "general" && scope.kind !== "unknown";
}
