import type { Deployment, RecoveryUnderWay } from "@consentry/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useChain } from "../../chain/ChainProvider.js";
import { nameOfKey, useSession } from "../../session/SessionProvider.js";
import { useSend } from "../../session/useSend.js";
import { useTexts } from "../../texts/TextsProvider.js";
import { Busy } from "../../ui/Busy.js";
import { ErrorNote } from "../../ui/ErrorNote.js";
import { Party } from "../../ui/Party.js";
import { Time } from "../../ui/Time.js";
import { useRole } from "../safety/useControl.js";

/** A recovery under way in the registry before this one, and the way to cancel it there. */
export function OldRecovery({ recovery }: { recovery: RecoveryUnderWay }) {
  const { move, safety } = useTexts();
  const { config } = useChain();
  const role = useRole();
  return (
    <section className="notice notice-error" role="alert" aria-labelledby="old-recovery">
      <h2 id="old-recovery">{safety.alarm.heading}</h2>
      <p>{move.recovery}</p>
      <dl className="facts">
        <div>
          <dt>{safety.alarm.takesOver}</dt>
          <dd>
            <Party address={recovery.controller} />
          </dd>
        </div>
        <div>
          <dt>{safety.alarm.when}</dt>
          <dd>
            <Time value={recovery.readyAt} />
          </dd>
        </div>
      </dl>
      {role === "controller" && config.predecessor !== undefined && <Cancel deployment={config.predecessor} />}
    </section>
  );
}

/** The relayer delivers to this registry only: the wallet sends it itself, and a passkey can't. */
function Cancel({ deployment }: { deployment: Deployment }) {
  const { common, move, safety, sign } = useTexts();
  const { key, patient } = useSession();
  const queries = useQueryClient();
  const sending = useSend(async ({ patients }) => {
    await patients.cancelRecovery({ patient });
    await queries.invalidateQueries();
  }, deployment);
  if (sending === undefined) return <p>{move.recoveryPasskey}</p>;
  if (sending.isBusy) return <Busy what={common.sending} />;
  return (
    <>
      <p>{sign.sendYourselfCosts(nameOfKey(key))}</p>
      {sending.error !== undefined && <ErrorNote error={sending.error} />}
      <button type="button" className="danger" onClick={sending.send}>
        {safety.alarm.cancel}
      </button>
    </>
  );
}
