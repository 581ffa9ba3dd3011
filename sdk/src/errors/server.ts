import type { DecisionName } from "../decisions/names.js";
import { ConsentryError } from "./base.js";

/** A guarded resource is not released: nobody was identified, there is no such record, or it is not permitted. */
export class AccessRefusedError extends ConsentryError {
  override readonly name = "AccessRefusedError";
  /** The answer of the chain, if it was asked. */
  readonly decision: DecisionName | undefined;

  constructor(details: string, decision?: DecisionName) {
    super("The resource is not released.", {
      code: "AccessRefused",
      details,
      hint: "Whoever asked was told that there is no such resource; docs/model.md tells what each decision means.",
    });
    this.decision = decision;
  }
}
