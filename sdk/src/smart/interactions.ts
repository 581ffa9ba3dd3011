import type { Action } from "../codes/types.js";
import { UnknownInteractionError } from "../errors/smart.js";

/**
 * Which action each interaction of FHIR's REST API and each common operation is; undefined: no consent covers it.
 *
 * - Reading and searching are both `access`: the consent tells whether data may be seen, not how it is found.
 * - An update that creates what did not exist is a create: ask for `collect`.
 * - Deleting is no action of a consent (https://terminology.hl7.org/CodeSystem-consentaction.html): it is the custodian's.
 * - A batch and a transaction are not here: each of their entries is an interaction for itself.
 *
 * See https://hl7.org/fhir/R4/codesystem-restful-interaction.html, https://hl7.org/fhir/R4/operationslist.html and
 * https://hl7.org/fhir/uv/bulkdata/export.html
 */
export const INTERACTIONS = {
  read: "access",
  vread: "access",
  history: "access",
  "history-instance": "access",
  "history-type": "access",
  "history-system": "access",
  search: "access",
  "search-type": "access",
  "search-system": "access",
  create: "collect",
  update: "correct",
  patch: "correct",
  delete: undefined,
  $everything: "access",
  $export: "access",
  $summary: "access",
  $document: "access",
  $docref: "access",
  $lastn: "access",
} as const satisfies Record<string, Action | undefined>;

/** An interaction of FHIR's REST API, or an operation with its `$`. */
export type Interaction = keyof typeof INTERACTIONS;

/**
 * The action to ask a decision for, before an interaction is let through.
 *
 * @returns undefined where no consent covers it: refuse, unless it is the custodian's own doing
 * @throws UnknownInteractionError
 * @example
 * import { actionOf } from "@consentry/sdk/fhir";
 *
 * actionOf("search-type"); // "access"
 */
export function actionOf(interaction: Interaction | (string & Record<never, never>)): Action | undefined {
  if (Object.hasOwn(INTERACTIONS, interaction)) return INTERACTIONS[interaction as Interaction];
  throw new UnknownInteractionError(interaction);
}
