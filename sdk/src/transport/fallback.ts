import type { ConsentryError } from "../errors/base.js";
import { NetworkError, RateLimitedError, TimeoutError, UnreadableAnswerError } from "../errors/chain.js";
import { InvalidRunnerError } from "../errors/connection.js";
import { toConsentryError } from "../errors/toConsentryError.js";
import { isDoubtful } from "./fate.js";
import type { Request } from "./types.js";

/** What is needed of ethers' FallbackProvider, which asks its providers through their caches. */
interface Fallback {
  readonly quorum: number;
  readonly providerConfigs: readonly { readonly provider: unknown; readonly priority: number }[];
}

/** After these another provider is asked. */
const passesOn = [NetworkError, TimeoutError, RateLimitedError, UnreadableAnswerError];

/** Whether a provider is ethers' FallbackProvider. */
export function isFallback(provider: unknown): provider is Fallback {
  return typeof provider === "object" && provider !== null && "quorum" in provider && "providerConfigs" in provider;
}

/**
 * Requests to the first provider of a FallbackProvider that can be reached, by priority.
 *
 * @throws InvalidRunnerError if several must agree: what is asked here changes with every block
 */
export function fallbackRequest(
  { quorum, providerConfigs }: Fallback,
  requestOf: (provider: unknown) => Request,
): Request {
  if (quorum > 1) {
    throw new InvalidRunnerError(
      "Of a FallbackProvider only one with `quorum: 1` can be used: its nodes are asked in turn.",
    );
  }
  const requests = nodesOf({ providerConfigs }).map(requestOf);
  const request: Request = async (method, params) => {
    let failure: ConsentryError | undefined;
    for (const request of requests) {
      try {
        return await request(method, params);
      } catch (error) {
        const next = toConsentryError(error);
        // That one of them may have taken what was sent is the worse news.
        const inDoubt = failure !== undefined && isDoubtful(failure);
        if (isFinal(next) && !(inDoubt && method === "eth_sendRawTransaction")) throw next;
        if (!inDoubt) failure = next;
      }
    }
    throw failure ?? new NetworkError();
  };
  return Object.assign(request, { numbersOnly: requests.some(({ numbersOnly }) => numbersOnly === true) });
}

/** What the first node of a FallbackProvider that can be reached answers; ethers itself gives up with the first. */
export async function inTurn<Answer>(fallback: Fallback, ask: (node: unknown) => Promise<Answer>): Promise<Answer> {
  let failure: ConsentryError | undefined;
  for (const node of nodesOf(fallback)) {
    try {
      return await ask(node);
    } catch (error) {
      failure = toConsentryError(error);
      if (isFinal(failure)) throw failure;
    }
  }
  throw failure ?? new NetworkError();
}

function nodesOf({ providerConfigs }: Pick<Fallback, "providerConfigs">): unknown[] {
  return [...providerConfigs].sort((a, b) => a.priority - b.priority).map(({ provider }) => provider);
}

/** Whether another node would answer the same. */
function isFinal(error: ConsentryError): boolean {
  return !passesOn.some((type) => error instanceof type);
}
