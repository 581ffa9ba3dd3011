import { NetworkError, TimeoutError } from "../errors/chain.js";
import { InvalidRunnerError } from "../errors/connection.js";
import { toConsentryError } from "../errors/toConsentryError.js";
import type { Request } from "./types.js";

/** What is needed of ethers' FallbackProvider, which asks its providers through their caches. */
interface Fallback {
  readonly quorum: number;
  readonly providerConfigs: readonly { readonly provider: unknown; readonly priority: number }[];
}

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
  const configs = [...providerConfigs].sort((a, b) => a.priority - b.priority);
  const requests = configs.map(({ provider }) => requestOf(provider));
  const request: Request = async (method, params) => {
    let failure: unknown;
    for (const request of requests) {
      try {
        return await request(method, params);
      } catch (error) {
        failure = toConsentryError(error);
        if (!(failure instanceof NetworkError || failure instanceof TimeoutError)) throw failure;
      }
    }
    throw failure;
  };
  return Object.assign(request, { numbersOnly: requests.some(({ numbersOnly }) => numbersOnly === true) });
}
