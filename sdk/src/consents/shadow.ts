import type { PurposeFamily } from "../codes/types.js";
import type { Context } from "../context.js";
import { ShadowedByRefusalError } from "../errors/consents.js";
import { describeScope, familyScope, GENERAL_SCOPE } from "../scopes/scope.js";
import { isTombstone } from "./terms.js";
import { narrowToFamily, type PreparedGrant } from "./toGrant.js";

/**
 * Sees to it that no refusal in a narrower scope keeps the grants from working.
 *
 * What is checked: for each GENERAL grant, the scopes of the families that its purposes are of. Nothing is narrower than a
 * family's scope but a record's or a programme's, whose refusals the patient set for just that one: they stand.
 *
 * @param clear whether to overrule such refusals instead
 * @returns the grants, with one more for each refusal that is overruled
 * @throws ShadowedByRefusalError unless `clear`
 */
export async function clearShadows(
  context: Context,
  patient: string,
  grants: readonly PreparedGrant[],
  clear: boolean,
): Promise<PreparedGrant[]> {
  const checked = grants.map(async (grant) => {
    if (grant.scope !== GENERAL_SCOPE) return [grant];
    const given = grants.filter(({ grantee }) => grantee === grant.grantee).map(({ scope }) => scope);
    const open = grant.families.filter((family) => !given.includes(familyScope(family)));
    const refused = await refusedFamilies(context, patient, grant.grantee, open);
    if (refused.length > 0 && !clear) {
      const scopes = refused.map((family) => describeScope(familyScope(family)));
      throw new ShadowedByRefusalError(patient, grant.grantee, scopes);
    }
    return [grant, ...refused.map((family) => narrowToFamily(grant, family))];
  });
  return (await Promise.all(checked)).flat();
}

async function refusedFamilies(
  { consents }: Context,
  patient: string,
  grantee: string,
  families: readonly PurposeFamily[],
): Promise<PurposeFamily[]> {
  const words = await Promise.all(families.map((family) => consents.termsOf(patient, grantee, familyScope(family))));
  return families.filter((_, i) => isTombstone(words[i] ?? 0n));
}
