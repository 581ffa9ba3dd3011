import type { ConsentryError } from "@consentry/sdk";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useChain } from "./ChainProvider.js";

const INTERVAL = 2_000;
/** What happens together is read together, not once for each event. */
const TOGETHER = 200;

/**
 * Reads a patient's data again whenever something happens to them on the chain.
 *
 * @returns why the node can't be heard at the moment; undefined while it can
 */
export function useLive(patient: string): ConsentryError | undefined {
  const { client } = useChain();
  const queries = useQueryClient();
  const [error, setError] = useState<ConsentryError>();
  const [lives, setLives] = useState(0);
  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    const options = { signal, interval: INTERVAL, onError: setError };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const readAgain = (): void => {
      timer = undefined;
      void queries.invalidateQueries({ queryKey: [patient] });
    };
    const follow = async (watch: AsyncIterable<unknown>): Promise<void> => {
      for await (const _event of watch) {
        setError(undefined);
        timer ??= setTimeout(readAgain, TOGETHER);
      }
    };
    const watches = [client.consents.watch({ patient }, options), client.audit.watch({ patient }, options)];
    // A watch that gave up, as after a long reorganisation, has told nothing since: another one begins.
    const restart = (reason: unknown): void => {
      if (signal.aborted) return;
      setError(reason as ConsentryError);
      setTimeout(() => !signal.aborted && setLives(lives + 1), INTERVAL);
    };
    // What was read before the watches knew where to begin may lack what happened between; it is shown first, all the same.
    const beginning = setInterval(() => {
      const isReading = queries.isFetching({ queryKey: [patient] }) > 0;
      if (isReading || watches.some(({ cursor }) => cursor === undefined)) return;
      clearInterval(beginning);
      readAgain();
    }, TOGETHER);
    for (const watch of watches) follow(watch).catch(restart);
    return () => {
      clearTimeout(timer);
      clearInterval(beginning);
      ended.abort();
    };
  }, [client, patient, queries, lives]);
  useEffect(() => {
    if (error === undefined) return;
    const again = setInterval(() => {
      client.patients.get(patient).then(
        () => setError(undefined),
        () => undefined,
      );
    }, INTERVAL);
    return () => clearInterval(again);
  }, [client, patient, error]);
  return error;
}
