import type { End, RequestMessage } from "@consentry/sdk";

const UNTIL_REVOKED = "281474976710655";
const ZERO = /^0x0*$/;
/** The last second that a Date can hold. */
const LAST_SECOND = 8_640_000_000_000;

/** Until when access is asked for: exclusive. */
export function askedEnd({ expiresAt }: RequestMessage): End {
  return expiresAt === UNTIL_REVOKED ? "until-revoked" : dateOf(expiresAt);
}

/** From when on; undefined: at once. */
export function askedStart({ notBefore }: RequestMessage): Date | undefined {
  return notBefore === "0" ? undefined : dateOf(notBefore);
}

/** Until when it can be answered. */
export function deadlineOf({ deadline }: RequestMessage): Date {
  return dateOf(deadline);
}

/** The address or id of a field; undefined if it names none. */
export function named(value: string): string | undefined {
  return ZERO.test(value) ? undefined : value;
}

function dateOf(seconds: string): Date {
  return new Date(Math.min(Number(seconds), LAST_SECOND) * 1000);
}
