import { skipToken, useQuery } from "@tanstack/react-query";

/** Under which name the progress of a reading is kept. */
export function progressKey(name: string): readonly string[] {
  return ["progress", name];
}

/** How far a reading has come, as it tells itself: a number of things read. */
export function useProgress(name: string): number | undefined {
  return useQuery<number>({ queryKey: progressKey(name), queryFn: skipToken }).data;
}
