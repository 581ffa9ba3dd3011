import { actionRows } from "./codes.generated.js";
import { CodeTable } from "./table.js";
import type { Action, CodeInfo, CodeInput, Coding } from "./types.js";

const table = /* @__PURE__ */ new CodeTable<Action>("action", actionRows);

/**
 * The action that a name (its HL7 code) or a coding stands for.
 *
 * @throws UnknownCodeError if the table does not hold it
 * @example
 * toAction({ system: "http://terminology.hl7.org/CodeSystem/consentaction", code: "access" }); // "access"
 */
export function toAction(input: CodeInput<Action>): Action {
  return table.get(input).name;
}

/** The action of a coding, undefined if the table does not hold it. */
export function findAction(coding: Coding): Action | undefined {
  return table.find(coding)?.name;
}

/**
 * The bitmask of actions, as the contracts hold it.
 *
 * @param inputs names or codings
 * @returns uint8
 * @throws UnknownCodeError if the table does not hold one of them
 * @example
 * actionsToBits(["access", "use"]); // 6n
 */
export function actionsToBits(inputs: readonly CodeInput<Action>[]): bigint {
  return table.toBits(inputs);
}

/**
 * The names of the actions in a bitmask, in the order of the bits.
 *
 * @param bits uint8
 * @throws UnknownBitsError if a bit is not defined
 * @example
 * actionsFromBits(6n); // ["access", "use"]
 */
export function actionsFromBits(bits: bigint): Action[] {
  return table.fromBits(bits);
}

/**
 * What an action means: bit, plain words, HL7 coding.
 *
 * @throws UnknownCodeError if the table does not hold it
 * @example
 * describeAction("disclose").text; // "Pass on: give your data to somebody else"
 */
export function describeAction(input: CodeInput<Action>): CodeInfo<Action> {
  return table.get(input);
}

/**
 * Every action, in the order of the bits.
 *
 * @example
 * allActions(); // ["collect", "access", "use", "disclose", "correct"]
 */
export function allActions(): Action[] {
  return table.fromBits(table.mask);
}
