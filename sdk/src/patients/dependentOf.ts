import { AbiCoder, dataSlice, getAddress, id, keccak256 } from "ethers";
import { toParty } from "../values/address.js";
import { toBytes32 } from "../values/bytes.js";

const DEPENDENT_TAG = id("consentry.Dependent");

/**
 * The address of a dependent: nobody has a key for it. Nothing is asked.
 *
 * @param parent who opens the identity
 * @param salt 32 bytes
 * @throws InvalidAddressError, InvalidParameterError
 * @example
 * import { dependentOf } from "@consentry/sdk";
 *
 * const child = dependentOf(parent, salt);
 */
export function dependentOf(parent: string, salt: string | Uint8Array): string {
  const values = [DEPENDENT_TAG, toParty(parent, "parent"), toBytes32(salt, "salt")];
  const hash = keccak256(AbiCoder.defaultAbiCoder().encode(["bytes32", "address", "bytes32"], values));
  return getAddress(dataSlice(hash, 12));
}
