import { isAddress } from "ethers";
import { InvalidStatementError } from "../errors/signing.js";
import { isPlainObject } from "../values/keys.js";
import type { TypedFields } from "./types.js";

/** How errors name the whole. */
export const ROOT = "the statement";
/** More consents than one transaction could carry. */
const MOST_ITEMS = 1_000;
/** Longer than the sentences of so many consents. */
const LONGEST_TEXT = 1_000_000;
/** A passkey's assertion has less than 1 kB; a wallet of many owners a few. */
const LONGEST_HEX = 2 + 2 * 65_536;

/** The fields of an EIP-712 type, and nothing besides; throws {@link InvalidStatementError} that names the field. */
export function structIn(value: unknown, path: string, type: string, types: TypedFields): Record<string, unknown> {
  const fields = types[type] ?? [];
  const object = objectIn(
    value,
    path,
    fields.map(({ name }) => name),
  );
  const entries = fields.map(({ name, type: each }) => [name, fieldIn(object[name], `${path}.${name}`, each, types)]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

/** A value of an EIP-712 type. */
export function fieldIn(value: unknown, path: string, type: string, types: TypedFields = {}): unknown {
  if (type.endsWith("[]")) return listIn(value, path, type.slice(0, -2), types);
  if (type.startsWith("uint")) return digitsIn(value, path, BigInt(type.slice("uint".length)));
  if (type === "address") return addressIn(value, path);
  if (type === "bytes32") return hexIn(value, path, 32);
  if (type === "bool" && typeof value === "boolean") return value;
  if (type === "string" && typeof value === "string" && value.length <= LONGEST_TEXT) return value;
  if (types[type] !== undefined) return structIn(value, path, type, types);
  throw new InvalidStatementError(path, type === "bool" ? "true or false" : "a text");
}

/** Bytes as hex, of this length or of any. */
export function hexIn(value: unknown, path: string, length?: number): string {
  const isHex = typeof value === "string" && value.length <= LONGEST_HEX && /^0x([0-9a-fA-F]{2})*$/.test(value);
  if (isHex && (length === undefined || value.length === 2 + 2 * length)) return value;
  throw new InvalidStatementError(path, `0x and ${length === undefined ? "" : `${2 * length} `}hexadecimal digits`);
}

/** A plain object with none but these keys. */
export function objectIn(value: unknown, path: string, keys: readonly string[]): Record<string, unknown> {
  if (!isPlainObject(value)) throw new InvalidStatementError(path || ROOT, "an object");
  const unknown = Object.keys(value).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new InvalidStatementError(within(path, unknown), "left out");
  return value as Record<string, unknown>;
}

/** The path of a field, as in `domain.name`. */
export function within(path: string, field: string): string {
  return path === "" ? field : `${path}.${field}`;
}

/** An address; one with letters of both cases needs the right checksum. */
function addressIn(value: unknown, path: string): string {
  const address = hexIn(value, path, 20);
  if (isAddress(address)) return address;
  throw new InvalidStatementError(path, "an address with the right checksum");
}

function listIn(value: unknown, path: string, type: string, types: TypedFields): unknown[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MOST_ITEMS) {
    throw new InvalidStatementError(path, `a list of 1 to ${MOST_ITEMS} items`);
  }
  return Array.from(value, (item, i) => fieldIn(item, `${path}[${i}]`, type, types));
}

/** A number as its decimal digits, without leading zeros, so that there is one way to write it. */
function digitsIn(value: unknown, path: string, bits: bigint): string {
  if (typeof value === "string" && /^(0|[1-9]\d{0,19})$/.test(value) && BigInt(value) < 1n << bits) return value;
  throw new InvalidStatementError(path, `the decimal digits of a number below 2^${bits}`);
}
