import { NetworkError, RateLimitedError } from "../errors/chain.js";
import { toConsentryError } from "../errors/toConsentryError.js";
import type { Request } from "./types.js";
import { within } from "./within.js";

const FIRST_WAIT = 250;
const LONGEST_WAIT = 5_000;

/** Requests of which each ends within the time; what only reads is asked again where that may help. */
export function persistent(request: Request, milliseconds: number): Request {
  const { together, numbersOnly = false } = request;
  const asking: Request = (method, params) => {
    const ask = (): Promise<unknown> => request(method, params);
    return method === "eth_sendRawTransaction" ? within(milliseconds, ask) : persist(milliseconds, ask);
  };
  if (together === undefined) return Object.assign(asking, { numbersOnly });
  return Object.assign(asking, {
    numbersOnly,
    together: (questions: Parameters<typeof together>[0]) => persist(milliseconds, () => together(questions)),
  });
}

/**
 * Asks for what only reads: again and again where there were too many requests, once more where the connection was lost.
 *
 * @throws TimeoutError, and whatever does not pass
 */
export async function persist<Answer>(milliseconds: number, ask: () => Promise<Answer>): Promise<Answer> {
  const end = Date.now() + milliseconds;
  return within(milliseconds, async () => {
    let lost = false;
    for (let wait = FIRST_WAIT; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
      try {
        return await ask();
      } catch (cause) {
        const error = toConsentryError(cause);
        if (error instanceof RateLimitedError) {
          if (!(await rest(error.retryAfter ?? wait, end))) throw error;
        } else if (lost || !(error instanceof NetworkError)) throw error;
        else lost = true;
      }
    }
  });
}

/** Waits, unless it would take until the end or longer. */
export async function rest(milliseconds: number, end: number): Promise<boolean> {
  // Not all at the same time, who were refused at the same time.
  const pause = milliseconds * (1 + Math.random() / 2);
  if (Date.now() + pause >= end) return false;
  await new Promise((resolve) => setTimeout(resolve, pause));
  return true;
}
