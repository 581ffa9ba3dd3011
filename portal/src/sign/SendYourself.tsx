import { NothingToDeliverError } from "@consentry/sdk";
import { useQueryClient } from "@tanstack/react-query";
import type { OutboxEntry } from "../relay/outbox.js";
import { useOutbox } from "../relay/OutboxProvider.js";
import { nameOfKey, useSession } from "../session/SessionProvider.js";
import { useSend } from "../session/useSend.js";
import { useTexts } from "../texts/TextsProvider.js";
import { Busy } from "../ui/Busy.js";
import { ErrorNote } from "../ui/ErrorNote.js";
import { useNow } from "../ui/useNow.js";

/** So long a delivery service may take, in milliseconds. */
const PATIENCE = 30_000;

/** Brings what was signed to the chain with the wallet, where the delivery service does not; a passkey can't. */
export function SendYourself({ entry }: { entry: OutboxEntry }) {
  const { common, sign } = useTexts();
  const { key } = useSession();
  const outbox = useOutbox();
  const queries = useQueryClient();
  const now = useNow();
  const sending = useSend(async ({ relay }) => {
    await relay.submit(entry.statement).catch((error: unknown) => {
      if (!(error instanceof NothingToDeliverError)) throw error;
    });
    await queries.invalidateQueries();
    outbox.forget(entry.id);
  });
  const isLate = entry.state !== "queued" || now - entry.signedAt > PATIENCE;
  if (sending === undefined || !isLate) return null;
  return (
    <details>
      <summary>{sign.sendYourself}</summary>
      <p>{sign.sendYourselfCosts(nameOfKey(key))}</p>
      {sending.error !== undefined && <ErrorNote error={sending.error} />}
      {sending.isBusy ? (
        <Busy what={common.sending} />
      ) : (
        <button type="button" onClick={sending.send}>
          {sign.sendWith(nameOfKey(key))}
        </button>
      )}
    </details>
  );
}
