import { memo, useId } from "react";
import { NameButton } from "../../ui/NameButton.js";
import { Party } from "../../ui/Party.js";
import { ProviderBody } from "./ProviderBody.js";
import { Standing } from "./Standing.js";
import type { OfGrantee } from "./words/words.js";

interface ProviderCardProps {
  provider: OfGrantee;
  now: number;
}

/** One provider, what it is, and what it may see. */
export const ProviderCard = memo(function ProviderCard({ provider, now }: ProviderCardProps) {
  const id = useId();
  return (
    <article className="card" aria-labelledby={id}>
      <div className="card-head">
        <h2 id={id}>
          <Party address={provider.grantee} />
        </h2>
        <Standing grantee={provider.grantee} />
        <NameButton address={provider.grantee} />
      </div>
      <ProviderBody provider={provider} now={now} headingId={id} />
    </article>
  );
});
