import { type Client, type ConsentEvent, type RegistryEvent, ReorganisedError } from "@consentry/sdk";
import { useQuery, useQueryClient, type UseQueryResult } from "@tanstack/react-query";
import { useChain } from "../../../chain/ChainProvider.js";
import { progressKey } from "../../../chain/progress.js";

/** What was read, and where to go on. */
interface Kept {
  readonly said: readonly ConsentEvent[];
  readonly cursor: string | undefined;
  /** With what happened to the control of the patient, in the order of the chain. */
  readonly all: readonly RegistryEvent[];
}

const NOTHING: Kept = { said: [], cursor: undefined, all: [] };
/** So many events are told at once. */
const STEP = 250;

/** Everything that was said in a patient's name, in the order of the chain. What was read once is not read again. */
export function useEvents(patient: string): UseQueryResult<readonly RegistryEvent[]> {
  const { client } = useChain();
  const queries = useQueryClient();
  const queryKey = [patient, "events"];
  return useQuery({
    queryKey,
    structuralSharing: false,
    queryFn: async () => {
      const kept = queries.getQueryData<Kept>(queryKey) ?? NOTHING;
      const tell = (count: number): void => void queries.setQueryData(progressKey("events"), count);
      return read(client, patient, kept, tell).catch((error: unknown) => {
        if (error instanceof ReorganisedError) return read(client, patient, NOTHING, tell);
        throw error;
      });
    },
    select: selectAll,
  });
}

function selectAll({ all }: Kept): readonly RegistryEvent[] {
  return all;
}

async function read(client: Client, patient: string, kept: Kept, tell: (count: number) => void): Promise<Kept> {
  const { cursor } = kept;
  const pages = client.consents.history({ patient }, cursor === undefined ? {} : { cursor });
  const said = [...kept.said];
  for await (const event of pages) {
    said.push(event);
    if (said.length % STEP === 0) tell(said.length);
  }
  const control = await client.patients.history({ patient });
  const all = [...said, ...control].sort((a, b) => a.blockNumber - b.blockNumber || a.logIndex - b.logIndex);
  return { said, cursor: pages.cursor, all };
}
