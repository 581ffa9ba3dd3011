import { ANY_PROVIDER, type Client, type ListedProvider } from "@consentry/sdk";
import type { Directory } from "../../chain/queries.js";
import type { GrantTerms } from "./simulateGrant.js";

/** Whom what is said to every provider means. */
const MEANT: readonly ListedProvider["kind"][] = ["organization", "practitioner"];

/**
 * About whom the chain is asked what a grant changes: its grantee; for every provider one of them, to whom the patient has
 * said nothing by name. Undefined if there is none.
 */
export async function askedAbout(
  client: Client,
  directory: Directory,
  { patient, grantee }: GrantTerms,
): Promise<string | undefined> {
  if (grantee !== ANY_PROVIDER) return grantee;
  const named = new Set((await client.consents.list({ patient })).map((word) => word.grantee));
  const isLike = ({ provider, active, kind }: ListedProvider): boolean => {
    return active && MEANT.includes(kind) && provider !== patient && !named.has(provider);
  };
  return [...directory.values()].find(isLike)?.provider;
}
