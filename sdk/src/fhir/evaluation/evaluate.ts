import { parseConsent } from "../consent/parseConsent.js";
import type { ParsedConsent, ReviewIssue, Verdict } from "../consent/types.js";
import { undated } from "../consent/undated.js";
import { MalformedResourceError } from "../../errors/fhir.js";
import { InvalidParameterError } from "../../errors/input.js";
import { type Applicable, applicableOf } from "./applicable.js";
import { combine } from "./combine.js";
import { Facts, type World } from "./facts.js";
import { handlingOf, limitsOf } from "./obligations.js";
import { recordName } from "./records.js";
import { isOfPatient } from "./subject.js";
import { checkOptions, toAsked } from "./toAsked.js";
import type { Evaluation, EvaluationOptions, EvaluationRequest, Withheld } from "./types.js";
import { unitsOf } from "./units.js";
import { ANY_DATA, bestOf, settled } from "./weigh.js";

/**
 * What a patient's Consents (FHIR R4; R5 as far as it maps) say about a request: the nested provisions in full, with conditions
 * on the data held against the resources. It reads documents only: what the chain says comes first, and both must permit.
 *
 * @param consents every Consent of the patient that may be live: one that is left out is not heard
 * @param request who asks, what for, and for which resources
 * @returns never a permit when in doubt; resources are the objects of the request, unchanged
 * @throws MalformedResourceError with the path of the element of a Consent or a resource that is wrong
 * @throws InvalidParameterError, InvalidDateError, UnknownCodeError about the request
 * @example
 * import { evaluate } from "@consentry/sdk/fhir";
 *
 * const { decision, released } = evaluate([consent], {
 *   patient: "Patient/1",
 *   actor: ["Practitioner/7", "Organization/3"],
 *   purpose: "TREAT",
 *   resources: [observation],
 * });
 * console.log(decision, released.length); // permit 1
 */
export function evaluate<Resource extends object>(
  consents: readonly object[],
  request: EvaluationRequest<Resource>,
  options: EvaluationOptions = {},
): Evaluation<Resource> {
  const { newestWins, timeZone } = checkOptions(options);
  const asked = toAsked(request);
  const issues: ReviewIssue[] = [];
  const kept = parseAll(consents, timeZone).flatMap((consent) => applicableOf(consent, asked, issues));
  if (newestWins) issues.push(...undated(kept.map(({ consent }) => consent)));
  const resources = request.resources ?? [];
  if (issues.length > 0) return refusal("needsReview", resources, issues);
  if (kept.length === 0) return refusal("notApplicable", resources, issues);
  if (resources.length === 0) return withoutData(kept, newestWins);
  const units = factsOf(resources, timeZone, options.recordOf);
  const judged = resources.map((resource, i) => {
    return [resource, located(i, () => judge(kept, units[i] ?? [], asked.patient, newestWins))] as const;
  });
  return summary(kept, judged);
}

function parseAll(consents: readonly object[], timeZone: string): ParsedConsent[] {
  if (!Array.isArray(consents)) throw new InvalidParameterError("consents", "a list of Consents");
  return consents.map((consent, i) => parseConsent(consent, i, timeZone));
}

/** The facts of each resource, of a Bundle those of each in it. */
function factsOf(resources: readonly object[], timeZone: string, recordOf: EvaluationOptions["recordOf"]): Facts[][] {
  let byName: World | undefined;
  const world = (): World => {
    return (byName ??= new Map(units.flat().flatMap((facts) => facts.names.map((name) => [name, facts] as const))));
  };
  const units = resources.map((resource, i) => {
    const names = recordOf === undefined ? [] : recordName(recordOf(resource));
    return located(i, () => unitsOf(resource).map((unit) => new Facts(unit, names, timeZone, world)));
  });
  return units;
}

function located<Result>(index: number, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof MalformedResourceError)) throw error;
    throw new MalformedResourceError(error.path, error.expected, `resources[${index}]`);
  }
}

/** What became of one resource. */
interface Judgement {
  verdicts: readonly Verdict[];
  withheld: Omit<Withheld, "resource"> | undefined;
}

/** All that a resource holds must be permitted. */
function judge(
  kept: readonly Applicable[],
  units: readonly Facts[],
  patient: readonly string[],
  newestWins: boolean,
): Judgement {
  const verdicts: Verdict[] = [];
  for (const facts of units) {
    if (!isOfPatient(facts.unit, patient)) {
      return { verdicts, withheld: { reason: "It is not known to be of this patient.", by: undefined } };
    }
    const verdict = combine(kept, facts, newestWins);
    if (verdict === undefined) return { verdicts, withheld: { reason: "No consent permits it.", by: undefined } };
    verdicts.push(verdict);
    if (verdict.effect === "deny") return { verdicts, withheld: { reason: reasonOf(verdict), by: verdict } };
  }
  return { verdicts, withheld: undefined };
}

function reasonOf({ consent, path, rest }: Verdict): string {
  return rest ? `${consent} releases other data only: ${path}.` : `${consent} forbids it: ${path}.`;
}

function summary<Resource extends object>(
  kept: readonly Applicable[],
  judged: readonly (readonly [Resource, Judgement])[],
): Evaluation<Resource> {
  const basis = new Set<Verdict>();
  const [released, withheld]: [Resource[], Withheld<Resource>[]] = [[], []];
  for (const [resource, judgement] of judged) {
    for (const verdict of judgement.verdicts) basis.add(verdict);
    if (judgement.withheld === undefined) released.push(resource);
    else withheld.push({ resource, ...judgement.withheld });
  }
  const bare = { released, withheld, basis: [...basis], issues: [] };
  if (released.length > 0) {
    const handling = released.flatMap((resource) => handlingOf(resource).map((kind) => ({ kind, resource })));
    const obligations = [...limitsOf(kept), ...handling];
    return { decision: "permit", reason: permitReason(withheld.length), ...bare, obligations };
  }
  if (basis.size === 0) return { decision: "notApplicable", reason: NO_CONSENT, ...bare, obligations: [] };
  return { decision: "deny", reason: denyReason(bare.basis), ...bare, obligations: [] };
}

const NO_CONSENT = "No consent speaks of this request.";

function permitReason(withheld: number): string {
  return withheld === 0 ? "The patient consents." : "The patient consents, but not to all of the data.";
}

function denyReason(basis: readonly Verdict[]): string {
  return basis.some(({ effect }) => effect === "permit") || basis.every(({ rest }) => rest)
    ? "The patient consents, but to none of these data."
    : "The patient forbids it.";
}

/** Whether any data may be asked for. */
function withoutData<Resource extends object>(kept: readonly Applicable[], newestWins: boolean): Evaluation<Resource> {
  const verdict = combine(kept, ANY_DATA, newestWins);
  const told = kept.filter(({ root }) => root.certain || root.rule.effect === "deny");
  const best = told.map(({ root }) => bestOf(settled(root), ANY_DATA));
  const isPermit = verdict?.effect === "permit" || (!best.includes("deny") && best.includes("permit"));
  const bare = { released: [], withheld: [], issues: [] };
  const basis = kept.map(({ root }) => root.rule.says);
  if (isPermit)
    return { ...bare, decision: "permit", reason: "The patient consents.", obligations: limitsOf(kept), basis };
  if (best.includes("deny"))
    return { ...bare, decision: "deny", reason: "The patient forbids it.", obligations: [], basis };
  return refusal("notApplicable", [], []);
}

const REASONS = {
  notApplicable: NO_CONSENT,
  needsReview: "Something in a consent can't be computed: a person must read it.",
};

function refusal<Resource extends object>(
  decision: "notApplicable" | "needsReview",
  resources: readonly Resource[],
  issues: ReviewIssue[],
): Evaluation<Resource> {
  const reason = REASONS[decision];
  const withheld = resources.map((resource) => ({ resource, reason, by: undefined }));
  return { decision, reason, released: [], withheld, obligations: [], basis: [], issues };
}
