import { InvalidStatementError } from "../errors/signing.js";
import { fieldIn, hexIn, objectIn, structIn, within } from "./fields.js";
import { STATEMENT_TYPES } from "./typedData.js";
import type { Acceptance, SignedStatement, SignedStatementOf, StatementDomain, StatementType } from "./types.js";

const KEYS = ["primaryType", "domain", "message", "signer", "signature"];

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
  return statementIn(input, "");
}

/**
 * Reads a signed statement of one type, which is a part of something else.
 *
 * @param path names it in errors, as in `approvals[1]`
 * @throws InvalidStatementError
 */
export function parseStatementOf<Type extends StatementType>(
  type: Type,
  input: unknown,
  path: string,
): SignedStatementOf<Type> {
  const statement = statementIn(input, path);
  if (statement.primaryType !== type) throw new InvalidStatementError(`${path}.primaryType`, `"${type}"`);
  return statement as SignedStatementOf<Type>;
}

/** What a text of JSON holds; anything else as it is. */
export function jsonIn(input: unknown, path: string): unknown {
  if (typeof input !== "string") return input;
  try {
    return JSON.parse(input);
  } catch (cause) {
    throw new InvalidStatementError(path || "the text", "JSON", cause);
  }
}

function statementIn(input: unknown, path: string): SignedStatement {
  const value = jsonIn(input, path);
  const isTransfer = (value as { primaryType?: unknown } | null | undefined)?.primaryType === "TransferControl";
  const found = objectIn(value, path, isTransfer ? [...KEYS, "acceptance"] : KEYS);
  const type = typeIn(found["primaryType"], within(path, "primaryType"));
  const parsed = {
    primaryType: type,
    domain: domainIn(found["domain"], within(path, "domain")),
    message: structIn(found["message"], within(path, "message"), type, STATEMENT_TYPES[type]),
    signer: hexIn(found["signer"], within(path, "signer")),
    signature: hexIn(found["signature"], within(path, "signature")),
    ...(isTransfer && { acceptance: acceptanceIn(found["acceptance"], within(path, "acceptance")) }),
  };
  return parsed as unknown as SignedStatement;
}

function typeIn(value: unknown, path: string): StatementType {
  if (typeof value === "string" && Object.hasOwn(STATEMENT_TYPES, value)) return value as StatementType;
  throw new InvalidStatementError(path, `one of ${Object.keys(STATEMENT_TYPES).join(", ")}`);
}

/** The domain of what was signed for a deployment of these contracts. */
export function domainIn(value: unknown, path: string): StatementDomain {
  const { name, version, chainId, verifyingContract } = objectIn(value, path, [
    "name",
    "version",
    "chainId",
    "verifyingContract",
  ]);
  if (name !== "Consentry") throw new InvalidStatementError(`${path}.name`, '"Consentry"');
  if (version !== "1") throw new InvalidStatementError(`${path}.version`, '"1"');
  if (typeof chainId !== "number" || !Number.isSafeInteger(chainId) || chainId < 1) {
    throw new InvalidStatementError(`${path}.chainId`, "the id of a chain");
  }
  return {
    name,
    version,
    chainId,
    verifyingContract: fieldIn(verifyingContract, `${path}.verifyingContract`, "address") as string,
  };
}

function acceptanceIn(value: unknown, path: string): Acceptance {
  const { issuedAt, signer, signature } = objectIn(value, path, ["issuedAt", "signer", "signature"]);
  return {
    issuedAt: fieldIn(issuedAt, `${path}.issuedAt`, "uint48") as string,
    signer: hexIn(signer, `${path}.signer`),
    signature: hexIn(signature, `${path}.signature`),
  };
}
