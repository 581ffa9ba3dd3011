import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from "react";
import { useChain } from "../chain/ChainProvider.js";
import { type Key, keepSession, keptSession } from "./keys.js";
import { type OpenKey, reopen } from "./openKey.js";

/** Who is here, and whose data are shown. */
export interface Session extends OpenKey {
  /** The patient's address: the account's own, or of somebody for whom it speaks. */
  readonly patient: string;
}

interface Sessions {
  /** Undefined while an earlier one is looked for; null if nobody is here. */
  readonly session: Session | null | undefined;
  readonly begin: (open: OpenKey, patient?: string) => void;
  readonly choosePatient: (patient: string) => void;
  readonly end: () => void;
}

const SessionContext = createContext<Sessions | undefined>(undefined);

/** Keeps who is here, over reloads, until they leave or the wallet closes the account. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const { client } = useChain();
  const [session, setSession] = useState<Session | null | undefined>(() => (keptSession() ? undefined : null));

  const begin = useCallback((open: OpenKey, patient = open.account) => {
    keepSession({ key: open.key, patient });
    setSession({ ...open, patient });
  }, []);
  const end = useCallback(() => {
    keepSession(undefined);
    setSession(null);
  }, []);
  const choosePatient = useCallback((patient: string) => {
    setSession((present) => {
      if (!present) return present;
      keepSession({ key: present.key, patient });
      return { ...present, patient };
    });
  }, []);

  useEffect(() => {
    const kept = keptSession();
    if (kept === undefined) return;
    let isStale = false;
    const { key, patient } = kept;
    reopen(client, key).then(
      (open) => !isStale && setSession({ ...open, patient }),
      () => !isStale && setSession(null),
    );
    return () => {
      isStale = true;
    };
  }, [client]);
  useAccountsChanged(session, end);

  const sessions = useMemo(() => ({ session, begin, choosePatient, end }), [session, begin, choosePatient, end]);
  return <SessionContext value={sessions}>{children}</SessionContext>;
}

/** A wallet that changes its account is somebody else. */
function useAccountsChanged(session: Session | null | undefined, end: () => void): void {
  const provider = session?.wallet?.provider;
  const account = session?.account;
  useEffect(() => {
    if (provider?.on === undefined || account === undefined) return;
    const changed = (accounts: unknown): void => {
      const [first] = Array.isArray(accounts) ? (accounts as unknown[]) : [];
      if (typeof first !== "string" || first.toLowerCase() !== account.toLowerCase()) end();
    };
    provider.on("accountsChanged", changed);
    return () => provider.removeListener?.("accountsChanged", changed);
  }, [provider, account, end]);
}

/** Beginning and ending sessions. */
export function useSessions(): Sessions {
  const sessions = use(SessionContext);
  if (sessions === undefined) throw new Error("There is no SessionProvider.");
  return sessions;
}

/** Who is here; only for what is shown to somebody who is. */
export function useSession(): Session {
  const { session } = useSessions();
  if (!session) throw new Error("Nobody is here.");
  return session;
}

/** What a key is called. */
export function nameOfKey(key: Key): string {
  return key.kind === "wallet" ? key.name : "Passkey";
}
