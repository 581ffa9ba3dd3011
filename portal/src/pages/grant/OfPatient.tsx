import type { AccessRequest } from "@consentry/sdk";
import type { ReactNode } from "react";
import { useSpokenFor } from "../../chain/queries.js";
import { useSession, useSessions } from "../../session/SessionProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { named } from "./requestTimes.js";

interface OfPatientProps {
  request: AccessRequest;
  forget: () => void;
  children: ReactNode;
}

/** The answer to a request, if the patient who is shown is asked; else how to get to the one who is. */
export function OfPatient({ request, forget, children }: OfPatientProps) {
  const { grant } = useTexts();
  const { account, patient } = useSession();
  const { choosePatient } = useSessions();
  const { data: spokenFor } = useSpokenFor(account);
  const asked = named(request.message.patient) ?? patient;
  if (asked === patient) return children;
  const isOwn = spokenFor?.some((each) => each.patient === asked) ?? false;
  return (
    <div className="notice notice-warning" role="alert">
      <p>{isOwn ? grant.request.otherPatient : grant.request.stranger}</p>
      <div className="actions">
        {isOwn && (
          <button type="button" className="primary" onClick={() => choosePatient(asked)}>
            {grant.request.switchPatient}
          </button>
        )}
        <button type="button" onClick={forget}>
          {grant.request.forget}
        </button>
      </div>
    </div>
  );
}
