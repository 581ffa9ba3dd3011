import { InvalidDelayError } from "../errors/contract/recovery.js";
import { InvalidParameterError } from "../errors/input.js";
import { onlyKeys } from "../values/keys.js";

/** How long a recovery waits: seconds, or days. 1 to 30 days. */
export type DelayInput = number | { days: number };

const DAY = 86_400;
const MOST_DAYS = 30;

/**
 * The seconds of a delay.
 *
 * @throws InvalidParameterError, InvalidDelayError
 */
export function toDelay(input: DelayInput): bigint {
  const seconds = typeof input === "number" ? input : daysIn(input) * DAY;
  if (!Number.isSafeInteger(seconds))
    throw new InvalidParameterError("delay", "a whole number of seconds, or { days }");
  if (seconds < DAY || seconds > MOST_DAYS * DAY) throw new InvalidDelayError({ delay: BigInt(seconds) });
  return BigInt(seconds);
}

function daysIn(input: { days: number }): number {
  onlyKeys(input, ["days"], "delay.");
  return typeof input.days === "number" ? input.days : NaN;
}
