import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useChain } from "../../chain/ChainProvider.js";
import { useSession } from "../../session/SessionProvider.js";

/** Whether the session's account is a reviewer. */
export function useMayReview(): UseQueryResult<boolean> {
  const { client } = useChain();
  const { account } = useSession();
  return useQuery({
    queryKey: ["mayReview", account],
    queryFn: async () => {
      const { emergencyOf } = await import("@consentry/sdk/emergency");
      return emergencyOf(client).mayReview(account);
    },
    staleTime: 60_000,
  });
}
