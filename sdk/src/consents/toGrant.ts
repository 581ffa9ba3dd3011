import { actionsToBits } from "../codes/actions.js";
import { categoriesToBits } from "../codes/categories.js";
import { expandPurposes, familyMembers, familyOf } from "../codes/families.js";
import { purposesToBits } from "../codes/purposes.js";
import type { Purpose, PurposeFamily } from "../codes/types.js";
import {
  BreakGlassNotGrantableError,
  InvalidGranteeError,
  StartNotGrantableError,
} from "../errors/contract/consents.js";
import { InvalidDateError, InvalidParameterError } from "../errors/input.js";
import { toProgrammeId, toRecordId } from "../scopes/ids.js";
import { familyScope, GENERAL_SCOPE } from "../scopes/scope.js";
import { ANY_PROVIDER, toAddress } from "../values/address.js";
import { toBoolean } from "../values/booleans.js";
import { toEnd, toStart } from "../values/dates.js";
import { nonEmpty } from "../values/lists.js";
import { packTerms, type TermBits } from "./terms.js";
import type { ConsentInput } from "./types.js";

/** One consent, ready for the contract. */
export interface PreparedGrant {
  grantee: string;
  scope: string;
  bits: TermBits;
  /** The families that its purposes are of. */
  families: PurposeFamily[];
  /** Which consent of the call it is, or a part of, as in `grants[1].`. */
  path: string;
}

/**
 * Checks a consent and puts it into bits and a scope.
 *
 * A consent in the GENERAL scope has no start, so that a mix of purposes that starts later is a grant for each family.
 *
 * @param path names it in errors, as in `grants[1].`
 */
export function prepareGrants(input: ConsentInput, patient: string, path: string): PreparedGrant[] {
  const grantee = toAddress(input.grantee, `${path}grantee`);
  if (grantee === patient) throw new InvalidGranteeError({ patient, grantee });
  const purposes = expandPurposes(nonEmpty(input.purposes, `${path}purposes`));
  const bits = {
    categories: categoriesToBits(nonEmpty(input.categories, `${path}categories`)),
    purposes: purposesToBits(purposes),
    actions: actionsToBits(nonEmpty(input.actions, `${path}actions`)),
    ...periodOf(input, path),
    conditional: toBoolean(input.conditional, `${path}conditional`),
  };
  if (purposes.includes("BTG")) throw new BreakGlassNotGrantableError({ purposes: bits.purposes });
  const families = familiesOf(purposes);
  const prepared = { grantee, scope: scopeOf(input, grantee, families, path), bits, families, path };
  if (prepared.scope !== GENERAL_SCOPE || bits.notBefore === 0n) return [prepared];
  if (input.scope === "general") throw new StartNotGrantableError({ grantee, notBefore: bits.notBefore });
  return families.map((family) => narrowToFamily(prepared, family));
}

/** The grant as the contract takes it. */
export function toContractGrant({ grantee, scope, bits }: PreparedGrant): {
  grantee: string;
  scope: string;
  terms: bigint;
} {
  return { grantee, scope, terms: packTerms(bits) };
}

/** The part of a grant that is of one family, in that family's scope. */
export function narrowToFamily(grant: PreparedGrant, family: PurposeFamily): PreparedGrant {
  const purposes = grant.bits.purposes & purposesToBits(familyMembers(family));
  return { ...grant, scope: familyScope(family), bits: { ...grant.bits, purposes }, families: [family] };
}

function periodOf({ from, until, timeZone }: ConsentInput, path: string): Pick<TermBits, "notBefore" | "expiresAt"> {
  const notBefore = from === undefined ? 0n : toStart(from, `${path}from`, timeZone);
  const expiresAt = toEnd(until, `${path}until`, timeZone);
  if (notBefore < expiresAt) return { notBefore, expiresAt };
  throw new InvalidDateError(`${path}until`, until, "Set `until` after `from`.");
}

function familiesOf(purposes: readonly Purpose[]): PurposeFamily[] {
  return [...new Set(purposes.map((purpose) => familyOf(purpose)))].filter((family) => family !== undefined);
}

/** A record's or a programme's own scope; else that of the one family, or GENERAL for a mix. */
function scopeOf(input: ConsentInput, grantee: string, families: PurposeFamily[], path: string): string {
  const { record, programme, scope } = input;
  const [family, ...others] = families;
  if ([record, programme, scope].filter((each) => each !== undefined).length > 1) {
    throw new InvalidParameterError(`${path}scope`, "one of record, programme and scope", "Grant each for itself.");
  }
  if (record !== undefined) return toRecordId(record);
  if (programme !== undefined) return programmeScope(programme, grantee, path);
  if (scope !== undefined && (scope as string) !== "general") {
    throw new InvalidParameterError(`${path}scope`, '"general", or left out');
  }
  return scope === "general" || family === undefined || others.length > 0 ? GENERAL_SCOPE : familyScope(family);
}

function programmeScope(programme: string, grantee: string, path: string): string {
  if (grantee !== ANY_PROVIDER) return toProgrammeId(programme, `${path}programme`);
  throw new InvalidParameterError(`${path}grantee`, "one provider", "A programme can't be granted to ANY_PROVIDER.");
}
