import type { GuardiansInOffice, RecoveryUnderWay } from "@consentry/sdk";
import { useChain } from "../../chain/ChainProvider.js";
import { useSession } from "../../session/SessionProvider.js";
import { useSpeak } from "../../sign/SpeakProvider.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { Party } from "../../ui/Party.js";
import { Time } from "../../ui/Time.js";
import { useNow } from "../../ui/useNow.js";
import { groupsOf } from "./addresses.js";
import { LostControl } from "./LostControl.js";
import { type Role, useRole, useWatchedState } from "./useControl.js";
import "./safety.css";

/** What nobody may miss, on every page: a recovery under way, other guardians to come, control that is lost. */
export function RecoveryAlarm() {
  const { patient } = useSession();
  const { data: state } = useWatchedState(patient);
  const role = useRole();
  const next = state?.guardians?.next;
  return (
    <>
      {role === "nobody" && <LostControl />}
      {state?.recovery !== undefined && <Recovery recovery={state.recovery} role={role} />}
      {next !== undefined && <NextGuardians next={next} />}
    </>
  );
}

function Recovery({ recovery, role }: { recovery: RecoveryUnderWay; role: Role | undefined }) {
  const { safety } = useTexts();
  const { alarm } = safety;
  const isReady = useNow() >= recovery.readyAt.getTime();
  return (
    <section className="notice notice-error" role="alert" aria-labelledby="recovery-alarm">
      <h2 id="recovery-alarm">{alarm.heading}</h2>
      <p>{alarm.text}</p>
      <dl className="facts">
        <div>
          <dt>{alarm.takesOver}</dt>
          <dd>
            <Party address={recovery.controller} />
            <details>
              <summary>{safety.address.label}</summary>
              <code className="groups">{groupsOf(recovery.controller)}</code>
            </details>
          </dd>
        </div>
        <div>
          <dt>{alarm.when}</dt>
          <dd>
            <Time value={recovery.readyAt} />
          </dd>
        </div>
      </dl>
      <p>{isReady ? <strong>{alarm.ready}</strong> : alarm.waiting}</p>
      {role === "controller" && <CancelButton />}
      {(role === "representative" || role === "nobody") && <p>{alarm.onlyController}</p>}
    </section>
  );
}

function CancelButton() {
  const { safety } = useTexts();
  const { alarm } = safety;
  const { client } = useChain();
  const { patient } = useSession();
  const speak = useSpeak();
  const cancel = (): void => {
    void speak({
      title: alarm.cancel,
      patient,
      sign: (options) => client.patients.cancelRecovery.sign({ patient }, options),
      changes: <p>{alarm.cancelChanges}</p>,
    });
  };
  return (
    <button type="button" className="danger" onClick={cancel}>
      {alarm.cancel}
    </button>
  );
}

function NextGuardians({ next }: { next: NonNullable<GuardiansInOffice["next"]> }) {
  const { safety } = useTexts();
  const { alarm } = safety;
  return (
    <section className="notice notice-warning" role="status" aria-labelledby="next-guardians">
      <h2 id="next-guardians">{alarm.nextHeading}</h2>
      <p>
        {next.commitment === undefined ? alarm.nextNobody : alarm.next} <Time value={next.effectiveAt} />
      </p>
      <p>
        {alarm.nextHint} <a href="#/safety">{alarm.toSafety}</a>
      </p>
    </section>
  );
}
