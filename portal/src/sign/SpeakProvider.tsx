import { type SignedStatement, type SignOptions, type TypedData, UserRejectedError } from "@consentry/sdk";
import { createContext, type ReactNode, use, useCallback, useMemo, useState } from "react";
import type { Outbox, OutboxEntry } from "../relay/outbox.js";
import { useOutbox } from "../relay/OutboxProvider.js";
import { useSession } from "../session/SessionProvider.js";
import { SignDialog } from "./SignDialog.js";

/** Something that the patient, or whoever speaks for them, is about to say. */
export interface Speech {
  readonly title: string;
  /** Whose word it is. */
  readonly patient: string;
  /** Signs it with the options, which ask the reader first; several are delivered in their order once all are signed. */
  readonly sign: (options: SignOptions) => Promise<SignedStatement | SignedStatement[]>;
  /** How many statements it is; one if left out. */
  readonly count?: number | undefined;
  /** What it would change. */
  readonly changes?: ReactNode;
  /** Left out: it is handed to the relayer. Given: what is signed goes there instead, as to another device. */
  readonly keep?: ((statement: SignedStatement) => void) | undefined;
}

/** How far it has come. */
export type Phase =
  | { readonly at: "preparing" | "signing" | "delivering" }
  | {
      readonly at: "reading";
      readonly typedData: TypedData;
      readonly step: number;
      readonly answer: (isYes: boolean) => void;
    }
  | { readonly at: "failed"; readonly error: unknown };

/** Says something; resolves to what became of it, or to undefined if it was not signed. */
export type Speak = (speech: Speech) => Promise<OutboxEntry | undefined>;

interface Underway {
  readonly speech: Speech;
  readonly phase: Phase;
  readonly close: () => void;
}

const SpeakContext = createContext<Speak | undefined>(undefined);

/** Shows what is to be signed before the wallet or the passkey is asked, and delivers what was signed. */
export function SpeakProvider({ children }: { children: ReactNode }) {
  const { by } = useSession();
  const outbox = useOutbox();
  const [underway, setUnderway] = useState<Underway>();

  const speak = useCallback<Speak>(
    (speech) =>
      new Promise((resolve) => {
        let isOver = false;
        const show = (phase: Phase): void => {
          if (!isOver) setUnderway({ speech, phase, close });
        };
        const finish = (entry: OutboxEntry | undefined): void => {
          if (isOver) return;
          isOver = true;
          setUnderway(undefined);
          resolve(entry);
        };
        const close = (): void => finish(undefined);
        let step = 0;
        const read = (typedData: TypedData): Promise<boolean> => {
          // Closed while the wallet was asked: of several, no other one is.
          if (isOver) return Promise.resolve(false);
          step += 1;
          return new Promise((answer) => show({ at: "reading", typedData, step, answer }));
        };
        const asking: SignOptions["by"] = {
          signer: () => by.signer(),
          async sign(typedData) {
            if (!(await read(typedData)) || isOver) throw new UserRejectedError();
            show({ at: "signing" });
            return by.sign(typedData);
          },
        };
        const say = async (): Promise<void> => {
          show({ at: "preparing" });
          // A node that lags, or another visit, does not know what is under way: the newer word has the newer stamp all the same.
          const noOlderThan = outbox.nextStamp(speech.patient);
          const signed = await speech.sign({ by: asking, noOlderThan });
          show({ at: "delivering" });
          // Closed meanwhile or not: what was signed is never lost.
          finish(await deliver(outbox, speech, signed));
        };
        say().catch((error: unknown) => show({ at: "failed", error }));
      }),
    [by, outbox],
  );

  const context = useMemo(() => speak, [speak]);
  return (
    <SpeakContext value={context}>
      {children}
      {underway !== undefined && <SignDialog {...underway} />}
    </SpeakContext>
  );
}

async function deliver(
  outbox: Outbox,
  { patient, keep }: Speech,
  signed: SignedStatement | SignedStatement[],
): Promise<OutboxEntry | undefined> {
  const [first, ...others] = Array.isArray(signed) ? signed : [signed];
  if (first === undefined) return undefined;
  if (keep === undefined)
    return others.length === 0 ? outbox.add(patient, first) : outbox.addSeries(patient, [first, ...others]);
  for (const statement of [first, ...others]) keep(statement);
  return undefined;
}

/** Says something in the patient's name. */
export function useSpeak(): Speak {
  const speak = use(SpeakContext);
  if (speak === undefined) throw new Error("There is no SpeakProvider.");
  return speak;
}
