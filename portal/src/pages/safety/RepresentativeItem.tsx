import type { ListedRepresentative } from "@consentry/sdk";
import { useTexts } from "../../texts/TextsProvider.js";
import { NameButton } from "../../ui/NameButton.js";
import { Party, useNameOf } from "../../ui/Party.js";
import { EndTime, Time } from "../../ui/Time.js";

interface RepresentativeItemProps {
  representative: Pick<ListedRepresentative, "representative" | "status" | "from" | "until">;
  /** Left out: whoever is here can't. */
  onDismiss?: ((representative: string) => void) | undefined;
}

/** One representative: since when, until when, and the way to end it. */
export function RepresentativeItem({ representative: each, onDismiss }: RepresentativeItemProps) {
  const { safety } = useTexts();
  const { representatives: texts } = safety;
  const nameOf = useNameOf();
  const { representative, status, from, until } = each;
  const kind = { live: "badge-good", upcoming: "badge-warning", expired: "", dismissed: "", void: "" }[status];
  return (
    <li className="entry">
      <div className="card-head">
        <strong>
          <Party address={representative} />
        </strong>
        <span className={`badge ${kind}`}>{texts.status[status]}</span>
        <NameButton address={representative} />
      </div>
      {until !== undefined && (
        <dl className="facts">
          <div>
            <dt>{texts.from}</dt>
            <dd>{from === undefined ? texts.atOnce : <Time value={from} />}</dd>
          </div>
          <div>
            <dt>{texts.until}</dt>
            <dd>{until instanceof Date ? <EndTime value={until} /> : texts.untilDismissed}</dd>
          </div>
        </dl>
      )}
      <details>
        <summary>{safety.address.label}</summary>
        <code>{representative}</code>
      </details>
      {onDismiss !== undefined && (
        <div className="actions">
          <button
            type="button"
            className="danger"
            aria-label={`${texts.dismiss}: ${nameOf(representative)}`}
            onClick={() => onDismiss(representative)}
          >
            {texts.dismiss}
          </button>
        </div>
      )}
    </li>
  );
}
