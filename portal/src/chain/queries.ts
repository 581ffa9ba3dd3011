import type { ListedConsent, PatientState } from "@consentry/sdk";
import type { ListedProvider } from "@consentry/sdk";
import { lookupOf, type SpokenFor } from "@consentry/sdk/lookup";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { type Chain, useChain } from "./ChainProvider.js";

const MINUTE = 60_000;

/** The providers of the directory, by their addresses. */
export type Directory = ReadonlyMap<string, ListedProvider>;

/** The providers of the directory. */
export function useDirectory(): UseQueryResult<Directory> {
  const { lookup } = useChain();
  return useQuery({
    queryKey: ["directory"],
    queryFn: async () => new Map((await lookup.providers()).map((entry) => [entry.provider, entry])),
    staleTime: MINUTE,
    // No watch tells of the directory.
    refetchInterval: MINUTE,
  });
}

/** The present words of a patient, refusals and what is past included. */
export function useConsents(patient: string): UseQueryResult<ListedConsent[]> {
  const { client } = useChain();
  return useQuery({
    queryKey: [patient, "consents"],
    queryFn: () => client.consents.list({ patient }),
    // Nothing of a thousand consents is compared with what was there before.
    structuralSharing: false,
  });
}

/** Who controls a patient, exclusions, guardians, and a recovery under way. */
export function usePatientState(patient: string): UseQueryResult<PatientState> {
  const { client } = useChain();
  return useQuery({
    queryKey: [patient, "state"],
    queryFn: () => client.patients.get(patient),
    // No watch tells of a recovery that somebody started.
    refetchInterval: 10_000,
  });
}

/** For whom an account may speak. */
export function useSpokenFor(account: string): UseQueryResult<SpokenFor[]> {
  const chain = useChain();
  return useQuery({
    queryKey: ["spokenFor", account],
    queryFn: () => spokenForBy(chain, account),
    refetchInterval: MINUTE,
  });
}

/** Dependents and appointments of the registry before this one are found there only. */
async function spokenForBy({ client, lookup, moving }: Chain, account: string): Promise<SpokenFor[]> {
  const here = await lookup.patients(account);
  if (moving === undefined) return here;
  const { from, hasMoved } = await moving();
  const known = new Set(here.map(({ patient }) => patient));
  const before = (await lookupOf(from).patients(account)).filter(({ patient }) => !known.has(patient));
  const stands = before.map(async ({ patient }) => {
    return (await client.patients.speaksFor({ patient, account })) || !(await hasMoved(patient));
  });
  const standing = await Promise.all(stands);
  return [...here, ...before.filter((_, i) => standing[i])];
}
