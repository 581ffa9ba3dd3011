import { getAddress, ZeroAddress } from "ethers";
import { InvalidAddressError } from "../errors/input.js";

/**
 * The grantee that stands for every organization and practitioner which the directory lists as active: the low 20 bytes of
 * `keccak256("consentry.ANY_PROVIDER")`.
 */
export const ANY_PROVIDER = "0x65eCB7cD3685D251097426D3F3877CD8DCB860EF";

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

/** An address with its checksum; throws {@link InvalidAddressError} for anything else, zero included. */
export function toAddress(value: unknown, parameter: string): string {
  if (typeof value !== "string" || !ADDRESS.test(value)) throw new InvalidAddressError(parameter, value);
  if (value === ZeroAddress) throw new InvalidAddressError(parameter, value);
  try {
    return getAddress(value);
  } catch {
    throw new InvalidAddressError(parameter, value, "The checksum is wrong: a letter was mistyped.");
  }
}

/** Whether two addresses are the same, whatever the case of their letters. */
export function isSameAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** An address of one party, which ANY_PROVIDER is not. */
export function toParty(value: unknown, parameter: string): string {
  const address = toAddress(value, parameter);
  if (address !== ANY_PROVIDER) return address;
  throw new InvalidAddressError(parameter, value, "ANY_PROVIDER stands for many: name one provider.");
}
