import { TimeoutError } from "../errors/chain.js";

const FIRST_WAIT = 20;
const LONGEST_WAIT = 1_000;

/**
 * Tries until there is something, at ever longer intervals.
 *
 * @param patience for how long, in milliseconds
 * @param awaited what did not come, for the error
 * @throws TimeoutError
 */
export async function poll<Found>(
  patience: number,
  awaited: string,
  attempt: () => Promise<Found | undefined>,
): Promise<Found> {
  const end = Date.now() + patience;
  for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    const found = await attempt();
    if (found !== undefined) return found;
    if (Date.now() >= end) throw new TimeoutError(undefined, new TypeError(awaited));
    await new Promise((resolve) => setTimeout(resolve, Math.min(wait, end - Date.now())));
  }
}
