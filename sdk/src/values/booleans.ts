import { InvalidParameterError } from "../errors/input.js";

/** A boolean, false if left out; throws {@link InvalidParameterError} for anything else, a text such as "false" included. */
export function toBoolean(value: unknown, parameter: string): boolean {
  if (value === undefined) return false;
  if (typeof value === "boolean") return value;
  throw new InvalidParameterError(parameter, "true or false");
}
