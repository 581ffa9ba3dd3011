import type { ListedConsent, RecoveryUnderWay } from "@consentry/sdk";
import type { MovingPlan } from "@consentry/sdk/moving";
import { skipToken, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { useChain } from "../../chain/ChainProvider.js";
import type { OutboxEntry, Series } from "../../relay/outbox.js";
import { useOutboxEntries } from "../../relay/OutboxProvider.js";
import { useSession } from "../../session/SessionProvider.js";
import { type Consent, isStanding } from "../access/words/words.js";

/** No watch tells of the registry before this one. */
const INTERVAL = 30_000;

/** Where a patient stands between the registry before this one and this one. */
export type Standing =
  | { readonly hasMoved: true }
  | {
      readonly hasMoved: false;
      readonly plan: MovingPlan;
      /** Not in the plan, since something was said to the same grantee in this registry already: they end with a move. */
      readonly overruled: readonly Consent[];
      /** Under way in the registry before this one. */
      readonly recovery: RecoveryUnderWay | undefined;
    };

/** Where a patient stands; nothing is read if no registry came before. */
export function useMove(patient: string): UseQueryResult<Standing> {
  const { moving } = useChain();
  const read = async (open: NonNullable<typeof moving>): Promise<Standing> => {
    const { from, hasMoved, plan } = await open();
    if (await hasMoved(patient)) return { hasMoved: true };
    const [planned, { recovery }, words] = await Promise.all([
      plan(patient),
      from.patients.get(patient),
      from.consents.list({ patient }),
    ]);
    if (planned.hasMoved) return { hasMoved: true };
    return { hasMoved: false, plan: planned, overruled: overruledBy(planned, words), recovery };
  };
  return useQuery({
    queryKey: [patient, "move"],
    queryFn: moving === undefined ? skipToken : () => read(moving),
    refetchInterval: ({ state }) => (state.data?.hasMoved === false ? INTERVAL : false),
    // Nothing of a thousand consents is compared with what was there before.
    structuralSharing: false,
  });
}

function overruledBy({ consents }: MovingPlan, words: readonly ListedConsent[]): Consent[] {
  const planned = new Set(consents.map(({ grantee, scope }) => `${grantee} ${scope.id}`));
  const now = Date.now();
  const standing = words.filter((word) => isStanding(word, now));
  return standing.filter(({ grantee, scope }) => scope.kind !== "emergency" && !planned.has(`${grantee} ${scope.id}`));
}

/** Whether there is anything that a move would carry over, or end. */
export function isToMove(standing: Standing | undefined): boolean {
  if (standing === undefined || standing.hasMoved) return false;
  const { consents, refusals, representatives, guardians } = standing.plan;
  return (
    guardians !== undefined ||
    [consents, refusals, representatives, standing.overruled].some(({ length }) => length > 0)
  );
}

/** The same of the patient who is shown. */
export function useIsToMove(): boolean {
  const { patient } = useSession();
  return isToMove(useMove(patient).data);
}

/** A statement of a move. */
type Step = OutboxEntry & { readonly series: Series };

/** What was signed of a move and is not on the chain yet. */
export function useSteps(patient: string): readonly Step[] {
  return useOutboxEntries(patient).filter((entry): entry is Step => {
    return entry.series !== undefined && entry.state !== "done";
  });
}
