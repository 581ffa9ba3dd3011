import { InvalidParameterError } from "../errors/input.js";

/** True or false, which must be said. */
export function toChoice(value: unknown, parameter: string): boolean {
  if (typeof value === "boolean") return value;
  throw new InvalidParameterError(parameter, "true or false");
}

/** Seconds, as the AccessManager stores them. */
export function toDelay(value: unknown, parameter: string): number {
  if (Number.isInteger(value) && Number(value) >= 0 && Number(value) < 2 ** 32) return Number(value);
  throw new InvalidParameterError(parameter, "a whole number of seconds from 0 on");
}
