import { dataSlice, id } from "ethers";
import { actions, categories, purposes } from "../../test/contracts/codes.js";

/** Long after all that is measured, in seconds. */
export const END = 4_000_000_000n;

/** Terms as they are given in practice: some kinds of data, one purpose family, some actions, an end. */
export const usual = {
  categories: categories("LABS", "MEDICATIONS", "PROBLEMS", "ALLERGIES"),
  purposes: purposes("TREAT", "ETREAT", "COC"),
  actions: actions("collect", "access", "use"),
  expiresAt: END,
};

export const wider = { ...usual, categories: usual.categories | categories("VITALS") };

/** Addresses made from a name and a number, so that calldata are the same in each run. */
export function grantees(name: string, count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, i) => dataSlice(id(`${name} ${from + i}`), 12));
}
