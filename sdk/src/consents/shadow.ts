import type { PurposeFamily } from "../codes/types.js";
import type { Context } from "../context.js";
import { ShadowedByRefusalError } from "../errors/consents.js";
import { blockOf } from "../reads/blockOf.js";
import { describeScope, familyScope, GENERAL_SCOPE } from "../scopes/scope.js";
import { atBlock } from "../transport/blocks.js";
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
  context: Context,
  patient: string,
  grantee: string,
  families: readonly PurposeFamily[],
): Promise<PurposeFamily[]> {
  if (families.length === 0) return [];
  const at = atBlock(await blockOf(context));
  const words = await Promise.all(
    families.map((family) => context.consents.termsOf(patient, grantee, familyScope(family), at)),
  );
  return families.filter((_, i) => isTombstone(words[i] ?? 0n));
}
