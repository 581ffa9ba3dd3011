import { type Scope, scopeText } from "../scopes/scope.js";
import { ConsentryError } from "./base.js";

/** A grant would not work, because an older refusal stands in a narrower scope. */
export class ShadowedByRefusalError extends ConsentryError {
  override readonly name = "ShadowedByRefusalError";
  readonly patient: string;
  readonly grantee: string;
  /** Where the refusals stand. */
  readonly scopes: readonly Scope[];

  constructor(patient: string, grantee: string, scopes: readonly Scope[]) {
    super(`An earlier refusal to ${grantee} in ${scopes.map(scopeText).join(" and in ")} would outlast this grant.`, {
      code: "ShadowedByRefusal",
      details: "Narrower beats wider: a refusal of one family of purposes holds against a grant in the GENERAL scope.",
      hint: "Pass `clear: true` to overrule it with a grant in that scope too, or leave these purposes out.",
    });
    this.patient = patient;
    this.grantee = grantee;
    this.scopes = scopes;
  }
}
