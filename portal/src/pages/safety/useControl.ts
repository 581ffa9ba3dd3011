import type { ListedDependent, ListedRepresentative, PatientState } from "@consentry/sdk";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useChain } from "../../chain/ChainProvider.js";
import { usePatientState } from "../../chain/queries.js";
import { useSession } from "../../session/SessionProvider.js";

/** How often a patient's control is asked for: no event that the page follows tells of a recovery. */
const INTERVAL = 5_000;

/** What whoever is here may do for the patient who is shown. */
export type Role = "controller" | "representative" | "nobody";

/** Who controls a patient, asked again and again. */
export function useWatchedState(patient: string): UseQueryResult<PatientState> {
  const { client } = useChain();
  const queryFn = (): Promise<PatientState> => client.patients.get(patient);
  return useQuery({ queryKey: [patient, "state"], queryFn, refetchInterval: INTERVAL });
}

/** What whoever is here may do; undefined as long as nobody knows. */
export function useRole(): Role | undefined {
  const { client, moving } = useChain();
  const { patient, account } = useSession();
  const { data: state } = usePatientState(patient);
  const { data: speaks } = useQuery({
    queryKey: [patient, "speaks", account],
    queryFn: async () => {
      if (await client.patients.speaksFor({ patient, account })) return true;
      // Appointed by a patient who has not moved yet.
      const before = await moving?.();
      if (before === undefined || (await before.hasMoved(patient))) return false;
      return before.from.patients.speaksFor({ patient, account });
    },
    refetchInterval: INTERVAL,
  });
  if (state?.controller === account) return "controller";
  if (state === undefined || speaks === undefined) return undefined;
  return speaks ? "representative" : "nobody";
}

/** Everybody who was ever appointed for a patient, the newest first. */
export function useRepresentatives(patient: string): UseQueryResult<ListedRepresentative[]> {
  const { client } = useChain();
  const queryFn = async (): Promise<ListedRepresentative[]> => {
    return (await client.patients.representatives(patient)).reverse();
  };
  return useQuery({ queryKey: [patient, "representatives"], queryFn });
}

/** The identities that an account opened, the newest first. */
export function useDependents(parent: string): UseQueryResult<ListedDependent[]> {
  const { client } = useChain();
  const queryFn = async (): Promise<ListedDependent[]> => (await client.patients.dependents(parent)).reverse();
  return useQuery({ queryKey: ["dependents", parent], queryFn });
}
