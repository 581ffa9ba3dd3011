import { InvalidStatementError } from "../errors/signing.js";
import { isPlainObject } from "../values/keys.js";
import { STATEMENT_TYPES } from "./typedData.js";
import type { SignedStatement, StatementType, TypedFields } from "./types.js";

/** More consents than one transaction could carry. */
const MOST_ITEMS = 1_000;
/** Longer than the sentences of so many consents. */
const LONGEST_TEXT = 1_000_000;
/** A passkey's assertion has less than 1 kB; a wallet of many owners a few. */
const LONGEST_HEX = 2 + 2 * 65_536;

/**
 * Reads a signed statement that came from a queue, a file or a QR code.
 *
 * Only the shape is checked, field by field and with nothing besides: `relay.verify` asks the chain whether it is valid.
 *
 * @param input the JSON as a text, or what `JSON.parse` made of it
 * @returns a copy with nothing else in it
 * @throws InvalidStatementError that names the field
 * @example
 * const signed = parseStatement(text);
 * console.log(signed.primaryType); // "Grants"
 */
export function parseStatement(input: unknown): SignedStatement {
  const value = typeof input === "string" ? parseJson(input) : input;
  const { primaryType, domain, message, signer, signature } = objectIn(value, "", [
    "primaryType",
    "domain",
    "message",
    "signer",
    "signature",
  ]);
  const type = typeIn(primaryType);
  const parsed = {
    primaryType: type,
    domain: domainIn(domain),
    message: structIn(message, "message", type, STATEMENT_TYPES[type]),
    signer: hexIn(signer, "signer"),
    signature: hexIn(signature, "signature"),
  };
  return parsed as unknown as SignedStatement;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new InvalidStatementError("the text", "JSON", cause);
  }
}

function typeIn(value: unknown): StatementType {
  if (typeof value === "string" && Object.hasOwn(STATEMENT_TYPES, value)) return value as StatementType;
  throw new InvalidStatementError("primaryType", `one of ${Object.keys(STATEMENT_TYPES).join(", ")}`);
}

function domainIn(value: unknown): SignedStatement["domain"] {
  const { name, version, chainId, verifyingContract } = objectIn(value, "domain", [
    "name",
    "version",
    "chainId",
    "verifyingContract",
  ]);
  if (name !== "Consentry") throw new InvalidStatementError("domain.name", '"Consentry"');
  if (version !== "1") throw new InvalidStatementError("domain.version", '"1"');
  if (typeof chainId !== "number" || !Number.isSafeInteger(chainId) || chainId < 1) {
    throw new InvalidStatementError("domain.chainId", "the id of a chain");
  }
  return {
    name,
    version,
    chainId,
    verifyingContract: fieldIn(verifyingContract, "domain.verifyingContract", "address", {}) as string,
  };
}

function structIn(value: unknown, path: string, type: string, types: TypedFields): Record<string, unknown> {
  const fields = types[type] ?? [];
  const object = objectIn(
    value,
    path,
    fields.map(({ name }) => name),
  );
  const entries = fields.map(({ name, type: each }) => [name, fieldIn(object[name], `${path}.${name}`, each, types)]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

function fieldIn(value: unknown, path: string, type: string, types: TypedFields): unknown {
  if (type.endsWith("[]")) return listIn(value, path, type.slice(0, -2), types);
  if (type.startsWith("uint")) return digitsIn(value, path, BigInt(type.slice("uint".length)));
  if (type === "address") return hexIn(value, path, 20);
  if (type === "bytes32") return hexIn(value, path, 32);
  if (type === "bool" && typeof value === "boolean") return value;
  if (type === "string" && typeof value === "string" && value.length <= LONGEST_TEXT) return value;
  if (types[type] !== undefined) return structIn(value, path, type, types);
  throw new InvalidStatementError(path, type === "bool" ? "true or false" : "a text");
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

function hexIn(value: unknown, path: string, length?: number): string {
  const isHex = typeof value === "string" && value.length <= LONGEST_HEX && /^0x([0-9a-fA-F]{2})*$/.test(value);
  if (isHex && (length === undefined || value.length === 2 + 2 * length)) return value;
  throw new InvalidStatementError(path, `0x and ${length === undefined ? "" : `${2 * length} `}hexadecimal digits`);
}

function objectIn(value: unknown, path: string, keys: readonly string[]): Record<string, unknown> {
  if (!isPlainObject(value)) throw new InvalidStatementError(path || "the statement", "an object");
  const unknown = Object.keys(value).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new InvalidStatementError(path === "" ? unknown : `${path}.${unknown}`, "left out");
  return value as Record<string, unknown>;
}
