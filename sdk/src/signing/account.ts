import { AbiCoder, dataSlice, getAddress, id, isHexString, keccak256 } from "ethers";
import { InvalidParameterError } from "../errors/input.js";

const ACCOUNT_LENGTH = 20;
const SIGNER_TAG = id("consentry.Signer");

/**
 * The account that an ERC-7913 signer is: 20 bytes are the account itself; of a verifier and a key, such as a passkey, an
 * address that nobody else can have.
 *
 * @param signer bytes as hex
 * @returns the address that a patient, a representative or a guardian is known by
 * @throws InvalidParameterError if it is shorter than 20 bytes
 * @example
 * accountOf("0x70997970C51812dc3A010C7d01b50e0d17dc79C8"); // the same address
 */
export function accountOf(signer: string): string {
  if (!isHexString(signer) || signer.length % 2 !== 0 || signer.length < 2 + 2 * ACCOUNT_LENGTH) {
    throw new InvalidParameterError("signer", "0x and the hexadecimal digits of at least 20 bytes");
  }
  if (signer.length === 2 + 2 * ACCOUNT_LENGTH) return getAddress(signer.toLowerCase());
  const tagged = AbiCoder.defaultAbiCoder().encode(["bytes32", "bytes32"], [SIGNER_TAG, keccak256(signer)]);
  return getAddress(dataSlice(keccak256(tagged), 12));
}

/** The verifier of a signer that is no plain account. */
export function verifierOf(signer: string): string | undefined {
  return signer.length > 2 + 2 * ACCOUNT_LENGTH ? getAddress(dataSlice(signer, 0, ACCOUNT_LENGTH)) : undefined;
}
