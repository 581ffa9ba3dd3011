import { ConsentryError } from "./base.js";
import { shown } from "./input.js";

/** What begins as a SMART scope of resources is not spelt as one. */
export class InvalidSmartScopeError extends ConsentryError {
  override readonly name = "InvalidSmartScopeError";
  /** What the caller wrote, shortened. */
  readonly scope: string;

  constructor(scope: unknown) {
    super(`${shown(scope)} is not a SMART scope.`, {
      code: "InvalidSmartScope",
      hint: "Write it as in patient/Observation.rs?category=laboratory; the letters of cruds stand in this order.",
    });
    this.scope = shown(scope);
  }
}

/** An interaction or operation of FHIR that the table does not hold: nobody can tell which action it is. */
export class UnknownInteractionError extends ConsentryError {
  override readonly name = "UnknownInteractionError";
  /** What the caller wrote, shortened. */
  readonly interaction: string;

  constructor(interaction: unknown) {
    super(`${shown(interaction)} is not an interaction or operation that is known here.`, {
      code: "UnknownInteraction",
      hint: "Refuse it, or decide yourself which action it is. Of a batch ask for each entry.",
    });
    this.interaction = shown(interaction);
  }
}
