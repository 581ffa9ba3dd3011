import { near } from "../codes/near.js";
import { InvalidParameterError } from "../errors/input.js";

/**
 * Sees to it that parameters are a plain object with none but these keys: a misspelt key would be left out silently, and
 * what is left out may widen what is done.
 *
 * @param path names the object in errors, as in `grants[1].`; empty for the parameters themselves
 * @throws InvalidParameterError
 */
export function onlyKeys(params: unknown, allowed: readonly string[], path = ""): void {
  if (!isPlainObject(params)) {
    throw new InvalidParameterError(path.replace(/\.$/, "") || "params", "a plain object", knownHere(allowed));
  }
  for (const key of Object.keys(params)) {
    if (!allowed.includes(key)) throw new InvalidParameterError(`${path}${key}`, "left out", hintFor(key, allowed));
  }
}

/**
 * Sees to it that none of these keys is misspelt, in parameters that may hold others besides.
 *
 * @throws InvalidParameterError
 */
export function noNearMiss(params: object, names: readonly string[]): void {
  for (const key of Object.keys(params)) {
    if (names.includes(key) || near(key, names).length === 0) continue;
    throw new InvalidParameterError(key, "left out", hintFor(key, names));
  }
}

function hintFor(key: string, allowed: readonly string[]): string {
  const names = near(key, allowed);
  return names.length > 0 ? `Unknown here. Did you mean ${names.join(" or ")}?` : `Unknown here. ${knownHere(allowed)}`;
}

function knownHere(allowed: readonly string[]): string {
  return `What can be given is: ${allowed.join(", ")}.`;
}

/** Whether it is an object and nothing more, also one of another realm, as of an iframe or a test runner. */
export function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
