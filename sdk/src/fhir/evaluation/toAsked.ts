import { describeAction, toAction } from "../../codes/actions.js";
import { familyOf, requestedPurpose } from "../../codes/families.js";
import { describePurpose } from "../../codes/purposes.js";
import type { CodeInput, Purpose } from "../../codes/types.js";
import { InvalidDateError, InvalidParameterError } from "../../errors/input.js";
import { toProgrammeId, NO_ID } from "../../scopes/ids.js";
import { toStart } from "../../values/dates.js";
import { isTimeZone } from "../../values/zones.js";
import { onlyKeys } from "../../values/keys.js";
import { oneCode, oneOf } from "../../values/lists.js";
import { bitOf } from "../consent/purposes.js";
import { normal, type Names } from "../references.js";
import type { Asked } from "./bind.js";
import type { EvaluationOptions, EvaluationRequest, NameInput } from "./types.js";

const REQUEST_KEYS = [
  "patient",
  "actor",
  "groups",
  "custodian",
  "purpose",
  "action",
  "programme",
  "at",
  "resources",
] as const satisfies readonly (keyof EvaluationRequest)[];

const OPTION_KEYS = ["combining", "timeZone", "recordOf"] as const satisfies readonly (keyof EvaluationOptions)[];

/** Checks a request; throws InvalidParameterError, InvalidDateError, UnknownCodeError. */
export function toAsked(request: EvaluationRequest): Asked & { family: string | undefined } {
  onlyKeys(request, REQUEST_KEYS);
  const { groups, custodian, programme } = request;
  const name = requestedPurpose(oneCode(request.purpose, "purpose"));
  const purpose = describePurpose(name);
  return {
    at: momentOf(request.at),
    patient: toNames(request.patient, "patient"),
    actor: toNames(request.actor, "actor"),
    groups: groups === undefined ? undefined : toList(groups, "groups").map(normal),
    custodian: custodian === undefined ? undefined : toNames(custodian, "custodian"),
    purpose: bitOf(purpose),
    subCode: subCodeOf(request.purpose, purpose.subCodes),
    action: 1 << describeAction(toAction(oneCode(request.action ?? "access", "action"))).bit,
    programme: programme === undefined || programme === NO_ID ? undefined : toProgrammeId(programme),
    family: familyOf(name),
  };
}

/** Checks options; throws InvalidParameterError. */
export function checkOptions(options: EvaluationOptions): { newestWins: boolean; timeZone: string } {
  onlyKeys(options, OPTION_KEYS, "options.");
  const { combining = "denyOverrides", timeZone = "UTC" } = options;
  oneOf(["denyOverrides", "newestWins"], combining, "options.combining");
  if (timeZone !== "UTC" && !isTimeZone(timeZone)) {
    throw new InvalidParameterError("options.timeZone", 'the IANA name of a time zone, as in "Europe/Berlin"');
  }
  return { newestWins: combining === "newestWins", timeZone };
}

/** The code of a purpose that has no bit of its own. */
function subCodeOf(input: CodeInput<Purpose>, subCodes: readonly string[]): string | undefined {
  const code = typeof input === "string" ? input : input.code;
  return subCodes.includes(code) ? code : undefined;
}

function toNames(input: NameInput, parameter: string): Names {
  const names = typeof input === "string" ? [input] : toList(input, parameter);
  if (names.length > 0 && !names.includes("")) return names.map(normal);
  throw new InvalidParameterError(parameter, 'a name, as in "Practitioner/7" or "system|value", or a list of names');
}

function toList(input: readonly string[], parameter: string): readonly string[] {
  if (Array.isArray(input) && input.every((each) => typeof each === "string")) return input;
  throw new InvalidParameterError(parameter, "a list of names");
}

/** A Date keeps its milliseconds. */
function momentOf(at: EvaluationRequest["at"]): number {
  if (at === undefined) return Date.now();
  if (!(at instanceof Date)) return Number(toStart(at, "at")) * 1000;
  if (Number.isNaN(at.getTime())) throw new InvalidDateError("at", at, "Pass a valid Date.");
  return at.getTime();
}
