import { ANY_PROVIDER } from "@consentry/sdk";
import { useId, useMemo } from "react";
import { useTexts } from "../../texts/TextsProvider.js";
import { NameButton } from "../../ui/NameButton.js";
import { Party } from "../../ui/Party.js";
import { useNow } from "../../ui/useNow.js";
import { ConsentTerms } from "../access/ConsentTerms.js";
import { LeftOut } from "../access/LeftOut.js";
import { Standing } from "../access/Standing.js";
import { usePaged } from "../access/usePaged.js";
import type { Consent } from "../access/words/words.js";
import { groupBy } from "../grant/groupBy.js";

/** A consent in the registry before this one. */
type Carried = Pick<Consent, "grantee" | "scope" | "terms">;

/** So many cards at once. */
const AT_ONCE = 12;

/** What grantees may see, one card for each; what all providers may see comes first. */
export function CarriedConsents({ consents }: { consents: readonly Carried[] }) {
  const { common } = useTexts();
  const groups = useMemo(() => {
    const all = [...groupBy(consents, ({ grantee }) => grantee)];
    return all.toSorted(([a], [b]) => Number(b === ANY_PROVIDER) - Number(a === ANY_PROVIDER));
  }, [consents]);
  const [shown, more] = usePaged(groups, AT_ONCE);
  return (
    <>
      {shown.map(([grantee, each]) => (
        <Card key={grantee} grantee={grantee} consents={each} />
      ))}
      {more !== undefined && (
        <button type="button" onClick={more}>
          {common.more}
        </button>
      )}
    </>
  );
}

function Card({ grantee, consents }: { grantee: string; consents: readonly Carried[] }) {
  const { access } = useTexts();
  const id = useId();
  const now = useNow();
  const isToAll = grantee === ANY_PROVIDER;
  return (
    <article className={isToAll ? "card notice-warning" : "card"} aria-labelledby={id}>
      <div className="card-head">
        <h3 id={id}>{isToAll ? access.everybody : <Party address={grantee} />}</h3>
        {!isToAll && <Standing grantee={grantee} />}
        {!isToAll && <NameButton address={grantee} />}
      </div>
      {isToAll && <p>{access.everybodyIntro}</p>}
      {consents.map((consent) => {
        const status = (consent.terms.from?.getTime() ?? 0) > now ? "upcoming" : "live";
        return <ConsentTerms key={consent.scope.id} consent={{ ...consent, status }} now={now} headingId={id} />;
      })}
      <LeftOut consents={consents} />
    </article>
  );
}
