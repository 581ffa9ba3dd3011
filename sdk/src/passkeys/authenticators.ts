import { UserRejectedError } from "../errors/chain.js";
import { PasskeyError } from "../errors/passkeys.js";
import type { Authenticators } from "./types.js";

/** What a browser says when its user refuses, or lets the time pass. */
const REFUSALS: readonly unknown[] = ["NotAllowedError", "AbortError"];

/** The ones given, or else the browser's; throws {@link PasskeyError} where there are none. */
export function authenticatorsOr(given: Authenticators | undefined): Authenticators {
  const { navigator } = globalThis as { navigator?: { credentials?: Authenticators } };
  const found = given ?? navigator?.credentials;
  if (found !== undefined) return found;
  throw new PasskeyError("There is no WebAuthn here.", "Use a browser, on a page served by https.");
}

/** What an authenticator answered; a refusal is a {@link UserRejectedError}. */
export async function answerOf<Answer>(answer: Promise<unknown>): Promise<Answer> {
  const credential = await answer.catch((cause: unknown) => {
    const { name } = cause as { name?: unknown };
    if (REFUSALS.includes(name)) throw new UserRejectedError(cause);
    throw new PasskeyError("The authenticator failed.", "Try again, or use another one.", cause);
  });
  if (typeof credential === "object" && credential !== null && "response" in credential) return credential as Answer;
  throw new PasskeyError("The authenticator answered nothing.", "Try again, or use another one.");
}
