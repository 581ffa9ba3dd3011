import type { ListedConsent, RegistryEvent } from "@consentry/sdk";
import { useTexts } from "../../texts/TextsProvider.js";
import { Party } from "../../ui/Party.js";
import { Time } from "../../ui/Time.js";
import { EndsOn } from "./EndsOn.js";
import { useTold } from "./useTold.js";
import { withdrawnAt } from "./words/withdrawnAt.js";

interface PastItemProps {
  word: ListedConsent;
  /** The others that are past, among them what ended it. */
  all: readonly ListedConsent[];
  /** Empty until they are read. */
  events: readonly RegistryEvent[];
}

/** A word that no longer holds, and when it ended. */
export function PastItem({ word, all, events }: PastItemProps) {
  const { access } = useTexts();
  const told = useTold();
  const { grantee, scope, status, terms, statedAt } = word;
  const ended = status === "withdrawn" ? withdrawnAt(word, all, events) : statedAt;
  return (
    <li>
      <strong>
        <Party address={grantee} />
      </strong>{" "}
      <span className="badge">{access.status[status === "live" ? "expired" : status]}</span>{" "}
      {status === "refused" ? (
        <>
          <Time value={statedAt} />: {told.scope(scope)}
        </>
      ) : status === "withdrawn" ? (
        ended !== undefined && <Time value={ended} />
      ) : (
        terms !== undefined && <EndsOn until={terms.until} now={Infinity} />
      )}
      {terms !== undefined && (
        <>
          <br />
          {told.terms(terms)}{" "}
          <span className="muted">
            ({access.saidOn} <Time value={statedAt} />)
          </span>
        </>
      )}
    </li>
  );
}
