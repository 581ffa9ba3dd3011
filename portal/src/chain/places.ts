import { describeScope, type Scope } from "@consentry/sdk";

/** A withdrawal of just what stands in one scope. */
export interface Withdrawal {
  grantee: string;
  purpose?: "BTG" | Extract<Scope, { kind: "purpose" }>["family"];
  record?: string;
  programme?: string;
}

/** What `consents.revoke` takes to withdraw what stands in a scope. */
export function withdrawalOf(grantee: string, scope: Scope | string): Withdrawal {
  const described = typeof scope === "string" ? describeScope(scope) : scope;
  switch (described.kind) {
    case "purpose":
      return { grantee, purpose: described.family };
    case "record":
      return { grantee, record: described.record };
    case "programme":
      return { grantee, programme: described.programme };
    case "emergency":
      return { grantee, purpose: "BTG" };
    default:
      return { grantee };
  }
}
