import { familyOf } from "../codes/families.js";
import { allPurposes, purposesToBits } from "../codes/purposes.js";
import { familyScope, GENERAL_SCOPE } from "../scopes/scope.js";

/** The scope of the family of each purpose, by its bit. */
const SCOPES: ReadonlyMap<bigint, string> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ allPurposes().map((purpose) => {
    const family = familyOf(purpose);
    return [purposesToBits([purpose]), family === undefined ? GENERAL_SCOPE : familyScope(family)];
  }),
);

/** The scope of the family that a purpose, given as its bit, is of. Break-glass is in none. */
export function familyScopeOf(purpose: bigint): string {
  return SCOPES.get(purpose) ?? GENERAL_SCOPE;
}
