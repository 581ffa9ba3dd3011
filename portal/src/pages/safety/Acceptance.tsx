import type { SignedStatementOf } from "@consentry/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useSession, useSessions } from "../../session/SessionProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { Time } from "../../ui/Time.js";
import { groupsOf } from "./addresses.js";
import { PassOn } from "./PassOn.js";
import { useWatchedState } from "./useControl.js";

/** What the new device shows to the old one, until that has handed over. */
export function Acceptance({ acceptance }: { acceptance: SignedStatementOf<"AcceptControl"> }) {
  const { safety } = useTexts();
  const { device } = safety;
  const { account } = useSession();
  const { choosePatient } = useSessions();
  const queries = useQueryClient();
  const { patient, controller, deadline } = acceptance.message;
  const { data: state } = useWatchedState(patient);
  const open = async (): Promise<void> => {
    await queries.invalidateQueries({ queryKey: ["spokenFor", account] });
    choosePatient(patient);
  };
  if (state?.controller === account) {
    return (
      <div className="notice notice-good" role="status">
        <p>
          <strong>{device.done}</strong>
        </p>
        <button type="button" className="primary" onClick={() => void open()}>
          {device.open}
        </button>
      </div>
    );
  }
  return (
    <section aria-label={device.show}>
      <h3>{device.show}</h3>
      <PassOn label={device.show} text={JSON.stringify(acceptance)} />
      <p>
        {device.compare}: <code className="groups">{groupsOf(controller)}</code>
      </p>
      <p className="muted">
        {device.validUntil} <Time value={new Date(Number(deadline) * 1_000)} />
      </p>
      <p role="status">{device.waiting}</p>
    </section>
  );
}
