import { useState, useSyncExternalStore } from "react";
import { forgetRequest, keepRequest, keptRequest, onRequest } from "../../app/requestLink.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { useNameOf } from "../../ui/Party.js";
import { AnyProviderGrant } from "./AnyProviderGrant.js";
import { DirectoryGrant } from "./DirectoryGrant.js";
import { RequestEntry } from "./RequestEntry.js";
import { RequestView } from "./RequestView.js";
import "./grant.css";

/** Allows a provider something: because it asked, or unasked. */
export function GrantPage() {
  const { grant } = useTexts();
  const nameOf = useNameOf();
  const request = useSyncExternalStore(onRequest, keptRequest);
  /** Counts what was allowed, so that each form begins anew. */
  const [allowed, setAllowed] = useState<{ grantee: string; count: number }>();
  const onAllowed = (grantee: string): void => {
    forgetRequest();
    setAllowed({ grantee, count: (allowed?.count ?? 0) + 1 });
  };
  if (request !== undefined) {
    return (
      <div className="grant">
        <h1>{grant.heading}</h1>
        <RequestView key={request} text={request} onAllowed={onAllowed} forget={forgetRequest} />
      </div>
    );
  }
  return (
    <div className="grant">
      <h1>{grant.heading}</h1>
      {allowed !== undefined && (
        <div className="notice notice-good" role="status">
          <p>{grant.signed(nameOf(allowed.grantee))}</p>
          <p>
            <a href="#/access">{grant.toAccess}</a>
          </p>
        </div>
      )}
      <RequestEntry open={keepRequest} />
      <DirectoryGrant key={allowed?.count} onAllowed={onAllowed} />
      <AnyProviderGrant key={`any/${allowed?.count}`} onAllowed={onAllowed} />
    </div>
  );
}
