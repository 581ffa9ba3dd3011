import type { StatementType } from "@consentry/sdk";
import { useChain } from "../chain/ChainProvider.js";
import { withdrawalOf } from "../chain/places.js";
import type { OutboxEntry } from "../relay/outbox.js";
import { useOutbox, useOutboxEntries } from "../relay/OutboxProvider.js";
import { useSession } from "../session/SessionProvider.js";
import { tellError } from "../texts/tellError.js";
import { useTexts } from "../texts/TextsProvider.js";
import { RelayerError } from "../relay/relayer.js";
import { Time } from "../ui/Time.js";
import { SendYourself } from "./SendYourself.js";
import { useSpeak } from "./SpeakProvider.js";

/** What nobody shall be able to hold back: it can be brought to the chain without the delivery service. */
const TAKES_BACK: readonly StatementType[] = ["Revocations", "RevokeAll", "CancelRecovery", "DismissRepresentative"];

/** What was signed and is not on the chain yet, with a way to void it. */
export function OutboxList() {
  const { patient } = useSession();
  const { sign } = useTexts();
  const entries = useOutboxEntries(patient).filter(({ state }) => state !== "done");
  if (entries.length === 0) return null;
  return (
    <section className="notice notice-warning" aria-labelledby="outbox">
      <h2 id="outbox">{sign.outboxHeading}</h2>
      <ul className="plain">
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

function Entry({ entry }: { entry: OutboxEntry }) {
  const texts = useTexts();
  const { common, sign } = texts;
  const outbox = useOutbox();
  const { state, problem, type, id } = entry;
  const told = problem && tellError(new RelayerError(problem, true), texts);
  const isWaiting = outbox.waits(entry);
  const states = {
    signed: isWaiting ? sign.outboxWaits : sign.outboxSigned,
    queued: sign.outboxQueued,
    refused: sign.outboxRefused,
    done: "",
  };
  return (
    <li>
      <strong>{sign.types[type]}</strong>, <Time value={new Date(entry.signedAt)} />. {states[state]}
      {told && (
        <span className="muted">
          {" "}
          {told.message} {told.hint}
        </span>
      )}
      <span className="actions">
        {((state === "signed" && !isWaiting) || state === "refused") && (
          <button type="button" onClick={() => void outbox.again(id)}>
            {common.tryAgain}
          </button>
        )}
        {type === "Grants" && !isWaiting && <VoidButton entry={entry} />}
        {(state === "refused" || (state === "signed" && (type !== "Grants" || isWaiting))) && (
          <button type="button" onClick={() => outbox.giveUp(id)}>
            {sign.outboxForget}
          </button>
        )}
      </span>
      {TAKES_BACK.includes(type) && <SendYourself entry={entry} />}
    </li>
  );
}

/** A grant that nobody shall deliver any more: a newer withdrawal in each of its places. */
function VoidButton({ entry }: { entry: OutboxEntry }) {
  const { sign } = useTexts();
  const { client } = useChain();
  const outbox = useOutbox();
  const speak = useSpeak();
  const { statement } = entry;
  if (statement.primaryType !== "Grants") return null;
  const { patient, grants } = statement.message;
  const voidIt = async (): Promise<void> => {
    const revocations = grants.map(({ grantee, scope }) => withdrawalOf(grantee, scope));
    const done = await speak({
      title: sign.outboxVoid,
      patient,
      sign: (options) => client.consents.revoke.sign({ patient, revocations }, options),
      changes: <p>{sign.outboxVoidExplanation}</p>,
    });
    if (done !== undefined && done.state !== "refused") outbox.giveUp(entry.id);
  };
  return (
    <button type="button" onClick={() => void voidIt()}>
      {sign.outboxVoid}
    </button>
  );
}
