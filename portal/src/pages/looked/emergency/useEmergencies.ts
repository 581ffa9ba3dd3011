import { type EmergencyActions, type EmergencyEntry, emergencyOf } from "@consentry/sdk/emergency";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useMemo } from "react";
import { useChain } from "../../../chain/ChainProvider.js";

/** What can be asked about emergencies. */
export function useEmergencyActions(): EmergencyActions {
  const { client } = useChain();
  return useMemo(() => emergencyOf(client), [client]);
}

/** Who broke the glass about a patient, or about anybody if none is given: the newest first. */
export function useEmergencies(patient?: string): UseQueryResult<EmergencyEntry[]> {
  const emergency = useEmergencyActions();
  return useQuery({
    queryKey: [patient ?? "everybody", "emergencies"],
    queryFn: async () => (await emergency.history({ patient })).reverse(),
    refetchInterval: patient === undefined ? 30_000 : false,
  });
}
