import { useQueryClient } from "@tanstack/react-query";
import { useSession } from "../../../session/SessionProvider.js";
import { useTexts } from "../../../texts/TextsProvider.js";
import { Busy } from "../../../ui/Busy.js";
import { ErrorNote } from "../../../ui/ErrorNote.js";
import { Time } from "../../../ui/Time.js";
import { groupsOf } from "../addresses.js";
import { useWatchedState } from "../useControl.js";
import { SendButton } from "./SendButton.js";
import { useSend } from "../../../session/useSend.js";

/** A recovery of somebody: when it can be completed, and by whom. */
export function CompletePart({ patient }: { patient: string }) {
  const { safety } = useTexts();
  const { recovery: texts } = safety;
  const { account } = useSession();
  const queries = useQueryClient();
  const { data: state, error, refetch } = useWatchedState(patient);
  const sending = useSend(async ({ patients }) => {
    await patients.completeRecovery({ patient });
    await queries.invalidateQueries();
    return true;
  });
  if (state === undefined) return error === null ? <Busy /> : <ErrorNote error={error} retry={() => void refetch()} />;
  if (sending?.result === true || state.recovery === undefined) {
    return (
      <div role="status">
        <p>{sending?.result === true ? texts.completed : texts.none}</p>
        {state.controller === account && patient !== account && <p>{texts.nowYours}</p>}
      </div>
    );
  }
  const { controller, readyAt } = state.recovery;
  return (
    <div>
      <dl className="facts">
        <div>
          <dt>{texts.takesOver}</dt>
          <dd>
            <code className="groups">{groupsOf(controller)}</code>
          </dd>
        </div>
        <div>
          <dt>{texts.readyFrom}</dt>
          <dd>
            <Time value={readyAt} />
          </dd>
        </div>
      </dl>
      {sending === undefined ? (
        <p className="notice">{texts.passkeyCompletes}</p>
      ) : (
        <SendButton label={texts.complete} {...sending} />
      )}
    </div>
  );
}
