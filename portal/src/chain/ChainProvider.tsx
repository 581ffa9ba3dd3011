import { type Client, connect } from "@consentry/sdk";
import { type Lookup, lookupOf } from "@consentry/sdk/lookup";
import type { Moving } from "@consentry/sdk/moving";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useCallback, useEffect, useState } from "react";
import { loadConfig, type PortalConfig } from "../config.js";
import { ErrorNote } from "../ui/ErrorNote.js";
import { Busy } from "../ui/Busy.js";
import { movingOf } from "./moving.js";

/** The chain that the page reads from. */
export interface Chain {
  readonly config: PortalConfig;
  /** Reads; what it writes is signed by the session's key and delivered by the relayer. */
  readonly client: Client;
  readonly lookup: Lookup;
  /** Both deployments while patients move, opened when they are first needed; undefined if there is none before this one. */
  readonly moving: (() => Promise<Moving>) | undefined;
}

const ChainContext = createContext<Chain | undefined>(undefined);

const queries = new QueryClient({
  defaultOptions: { queries: { retry: false, refetchOnWindowFocus: true, staleTime: 5_000 } },
});

/** Connects to the node of the configuration, and tries again if it is asked to. */
export function ChainProvider({ children }: { children: ReactNode }) {
  const [chain, setChain] = useState<Chain>();
  const [error, setError] = useState<unknown>();
  const open = useCallback(() => {
    openChain().then(setChain, setError);
  }, []);
  useEffect(open, [open]);
  const retry = (): void => {
    setError(undefined);
    open();
  };
  if (error !== undefined) return <ErrorNote error={error} retry={retry} />;
  if (chain === undefined) return <Busy />;
  return (
    <ChainContext value={chain}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </ChainContext>
  );
}

async function openChain(): Promise<Chain> {
  const config = await loadConfig();
  const { rpcUrl, deployment } = config;
  const client = await connect({ runner: new URL(rpcUrl, location.origin).href, deployment });
  return { config, client, lookup: lookupOf(client), moving: movingOf(config, client) };
}

/** The chain that the page reads from. */
export function useChain(): Chain {
  const chain = use(ChainContext);
  if (chain === undefined) throw new Error("There is no ChainProvider.");
  return chain;
}
