import { concat, getAddress, hexlify, randomBytes, ZeroAddress } from "ethers";
import { InvalidRecordIdError } from "../errors/contract/records.js";
import { InvalidParameterError, shown } from "../errors/input.js";
import { toParty } from "../values/address.js";

/** The id of no record or no programme. */
export const NO_ID = `0x${"00".repeat(32)}`;

const RECORD = /^0x03[0-9a-f]{62}$/;
const PROGRAMME = /^0x04[0-9a-f]{62}$/;
const RANDOM_BYTES = 11;

/**
 * A new record id: kind, custodian, and 88 random bits that tell nothing.
 *
 * @param custodian the provider that keeps the record and alone may register it
 * @returns 32 bytes as hex
 * @throws InvalidAddressError
 * @example
 * newRecordId("0x70997970C51812dc3A010C7d01b50e0d17dc79C8"); // "0x0370997970c51812dc3a010c7d01b50e0d17dc79c8..."
 */
export function newRecordId(custodian: string): string {
  return concat(["0x03", toParty(custodian, "custodian"), randomBytes(RANDOM_BYTES)]);
}

/**
 * The provider that keeps a record, which the id names.
 *
 * @throws InvalidRecordIdError
 * @example
 * custodianOf(newRecordId(hospital)) === hospital; // true
 */
export function custodianOf(record: string): string {
  return getAddress(`0x${toRecordId(record).slice(4, 44)}`);
}

/**
 * A new programme id, such as of a study: kind, and 248 random bits that tell nothing.
 *
 * @returns 32 bytes as hex
 * @example
 * newProgrammeId(); // "0x04..."
 */
export function newProgrammeId(): string {
  return hexlify(concat(["0x04", randomBytes(31)]));
}

/** A record id in lower case; throws {@link InvalidRecordIdError}. */
export function toRecordId(value: unknown): string {
  const id = typeof value === "string" ? value.toLowerCase() : "";
  if (RECORD.test(id) && `0x${id.slice(4, 44)}` !== ZeroAddress) return id;
  throw new InvalidRecordIdError({ record: typeof value === "string" ? value.slice(0, 80) : shown(value) });
}

/** A programme id in lower case, or that of none. */
export function toProgrammeId(value: unknown, parameter = "programme"): string {
  if (value === undefined) return NO_ID;
  const id = typeof value === "string" ? value.toLowerCase() : "";
  if (PROGRAMME.test(id) && !/^0x040*$/.test(id)) return id;
  throw new InvalidParameterError(parameter, "the id of a programme", "Make ids with newProgrammeId().");
}
