import { dataSlice, getAddress, id } from "ethers";

/** Addresses that nobody has, the same in every run. */
export function grantees(count: number): string[] {
  return Array.from({ length: count }, (_, i) => getAddress(dataSlice(id(`grantee ${i}`), 12)));
}
