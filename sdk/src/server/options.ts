import { InvalidParameterError } from "../errors/input.js";
import { onlyKeys } from "../values/keys.js";
import type { GuardOptions } from "./types.js";

const TIMEOUT = 30_000;
/** The longest time that a timer can be set to. */
const LONGEST = 2 ** 31 - 1;

/** Sees to it that a guard is told everything, when the server starts; throws {@link InvalidParameterError}. */
export function requireOptions<Request>(options: GuardOptions<Request>): GuardOptions<Request> & { timeout: number } {
  onlyKeys(options, ["consentry", "identify", "record", "patient", "timeout", "onRefusal"]);
  const { consentry, identify, record, patient, timeout = TIMEOUT, onRefusal } = options;
  requireClient(consentry);
  requireFunction(identify, "identify");
  if ((record === undefined) === (patient === undefined)) {
    throw new InvalidParameterError("record", "given, or else patient", "Exactly one of them tells what is asked for.");
  }
  requireFunction(record ?? patient, record === undefined ? "patient" : "record");
  if (onRefusal !== undefined) requireFunction(onRefusal, "onRefusal");
  if (!Number.isFinite(timeout) || timeout < 1 || timeout > LONGEST) {
    throw new InvalidParameterError("timeout", `a number of milliseconds from 1 to ${LONGEST}`);
  }
  return { ...options, timeout };
}

function requireClient(client: unknown): void {
  if (typeof client === "object" && client !== null) {
    if ("audit" in client && "records" in client) return;
    if ("to" in client && "decide" in client && "clientFor" in client) return;
  }
  throw new InvalidParameterError("consentry", "what connect() or movingBetween() returned");
}

function requireFunction(value: unknown, parameter: string): void {
  if (typeof value !== "function") throw new InvalidParameterError(parameter, "a function");
}
