import type { Client } from "@consentry/sdk";
import { useQuery } from "@tanstack/react-query";
import { useCallback, useState, useSyncExternalStore } from "react";
import { type Chain, useChain } from "../../../chain/ChainProvider.js";
import { AccessLog, type ReadSoFar } from "./AccessLog.js";

const logs = new WeakMap<Client, Map<string, AccessLog>>();

/** What was read once is kept while the page is open. */
export function logOf({ client, config }: Chain, patient: string): AccessLog {
  const ofClient = logs.get(client) ?? new Map<string, AccessLog>();
  logs.set(client, ofClient);
  const log = ofClient.get(patient) ?? new AccessLog(client, patient, config.deployment.fromBlock);
  ofClient.set(patient, log);
  return log;
}

export interface AccessLogInUse extends ReadSoFar {
  /** Whether the newest entries are there. */
  readonly isReady: boolean;
  readonly isReading: boolean;
  readonly error: unknown;
  /** Reads some older ones; nothing while it reads already. */
  readonly readOlder: () => void;
  readonly retry: () => void;
}

/** A patient's audit trail: it grows by itself at the new end, and on demand at the old one. */
export function useAccessLog(patient: string): AccessLogInUse {
  const chain = useChain();
  const log = logOf(chain, patient);
  const read = useSyncExternalStore(log.subscribe, log.snapshot);
  const [isReading, setReading] = useState(false);
  const [error, setError] = useState<unknown>();
  const newer = useQuery({
    queryKey: [patient, "accesses"],
    queryFn: () => log.readNewer().then(() => true),
  });
  const readOlder = useCallback(() => {
    setReading(true);
    setError(undefined);
    log.readOlder().then(
      () => setReading(false),
      (reason: unknown) => {
        setReading(false);
        setError(reason);
      },
    );
  }, [log]);
  const { refetch } = newer;
  const retry = useCallback(() => {
    setError(undefined);
    void refetch();
  }, [refetch]);
  const isReady = read.from !== undefined;
  return { ...read, isReady, isReading, error: error ?? newer.error ?? undefined, readOlder, retry };
}
