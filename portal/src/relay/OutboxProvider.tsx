import { type Client, InvalidParameterError, NothingToDeliverError, type SignedStatement } from "@consentry/sdk";
import type { Moving } from "@consentry/sdk/moving";
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { useChain } from "../chain/ChainProvider.js";
import { Outbox, type OutboxEntry } from "./outbox.js";
import { RelayerError } from "./relayer.js";

const OutboxContext = createContext<Outbox | undefined>(undefined);
const INTERVAL = 250;

/** Keeps what was signed until it is on the chain, and reads the patient's data again then. */
export function OutboxProvider({ children }: { children: ReactNode }) {
  const { config, client, moving } = useChain();
  const queries = useQueryClient();
  const outbox = useMemo(
    () => new Outbox(config.relayerUrl, standsOn(client), currentIn(moving)),
    [config, client, moving],
  );
  const entries = useSyncExternalStore(outbox.subscribe, outbox.entries);
  const told = useRef(new Set<string>());
  const isUnderWay = entries.some(({ state }) => state === "signed" || state === "queued");

  useEffect(() => {
    if (!isUnderWay) return;
    const timer = setInterval(() => void outbox.advanceAll(), INTERVAL);
    return () => clearInterval(timer);
  }, [outbox, isUnderWay]);

  useEffect(() => {
    for (const { id, state } of entries) {
      if (state !== "done" || told.current.has(id)) continue;
      told.current.add(id);
      void queries.invalidateQueries().then(() => outbox.forget(id));
    }
  }, [entries, outbox, queries]);

  return <OutboxContext value={outbox}>{children}</OutboxContext>;
}

/** Asks the chain: a relayer could say that it delivered what it holds back. */
function standsOn({ relay }: Client): (statement: SignedStatement) => Promise<boolean> {
  return async (statement) => {
    try {
      await relay.verify(statement);
      return false;
    } catch (error) {
      if (error instanceof NothingToDeliverError) return true;
      throw error;
    }
  };
}

/** What a patient says to the registry before this one ends a move that was signed before it. */
function currentIn(moving: (() => Promise<Moving>) | undefined): (statement: SignedStatement) => Promise<void> {
  return async (statement) => {
    try {
      await (await moving?.())?.requireCurrent([statement]);
    } catch (error) {
      if (!(error instanceof InvalidParameterError)) throw error;
      throw new RelayerError({ code: error.code, message: error.shortMessage }, false, error);
    }
  };
}

/** The box itself. */
export function useOutbox(): Outbox {
  const outbox = use(OutboxContext);
  if (outbox === undefined) throw new Error("There is no OutboxProvider.");
  return outbox;
}

/** What is in the box of a patient. */
export function useOutboxEntries(patient: string): readonly OutboxEntry[] {
  const outbox = useOutbox();
  const entries = useSyncExternalStore(outbox.subscribe, outbox.entries);
  return useMemo(() => entries.filter((entry) => entry.patient === patient), [entries, patient]);
}
