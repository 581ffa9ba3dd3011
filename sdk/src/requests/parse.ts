import { getAddress, ZeroAddress } from "ethers";
import { actionsFromBits, actionsToBits } from "../codes/actions.js";
import { categoriesFromBits, categoriesToBits } from "../codes/categories.js";
import { purposesFromBits, purposesToBits } from "../codes/purposes.js";
import { MalformedRequestError } from "../errors/requests.js";
import { InvalidStatementError } from "../errors/signing.js";
import { NO_ID, toProgrammeId, toRecordId } from "../scopes/ids.js";
import { accountOf, verifierOf } from "../signing/account.js";
import { hexIn, objectIn, ROOT, structIn } from "../signing/fields.js";
import { domainIn, jsonIn } from "../signing/parseStatement.js";
import { toParty } from "../values/address.js";
import { isReason, REASON } from "./reason.js";
import { REQUEST_TYPES } from "./typedData.js";
import type { AccessRequest, RequestMessage } from "./types.js";

/** The longest text of a request: more than any that can be made. */
export const LONGEST_TEXT = 65_536;
/** Days that a request can wait for its answer. */
export const MOST_DAYS = 90n;
const LONGEST_SIGNATURE = 2 + 2 * 8_192;
/** Characters of an address; what is longer is a verifier and a key. */
const ADDRESS_LENGTH = 42;

/**
 * Reads a request for access that came from a queue, a link or a QR code.
 *
 * Only its shape is checked, field by field and with nothing besides: `requests.verify` tells whose it is.
 *
 * @param input the JSON as a text, or what `JSON.parse` made of it
 * @returns a copy, with checksums in its addresses
 * @throws MalformedRequestError that names the field, UnknownCodeError
 * @example
 * const request = consentry.requests.parse(text);
 * console.log(request.message.reason); // "To prepare your operation"
 */
export function parseRequest(input: unknown): AccessRequest {
  if (typeof input === "string" && input.length > LONGEST_TEXT) fail("request", `at most ${LONGEST_TEXT} characters`);
  return reading(() => {
    const request = objectIn(jsonIn(input, "request"), "", ["primaryType", "domain", "message", "signer", "signature"]);
    if (request["primaryType"] !== "AccessRequest") fail("primaryType", '"AccessRequest"');
    const message = structIn(request["message"], "message", "AccessRequest", REQUEST_TYPES);
    const domain = domainIn(request["domain"], "domain");
    return {
      primaryType: "AccessRequest",
      domain: { ...domain, verifyingContract: getAddress(domain.verifyingContract) },
      message: messageIn(message as unknown as RequestMessage),
      signer: signerIn(request["signer"]),
      signature: signatureIn(request["signature"]),
    };
  });
}

/** What is read like a statement fails like a request. */
function reading<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof InvalidStatementError)) throw error;
    const path = error.path === ROOT ? "request" : error.path;
    throw new MalformedRequestError(path, error.expected, error.cause);
  }
}

/** Fields of the right types, seen as what they mean. */
function messageIn(message: RequestMessage): RequestMessage {
  const { grantee, patient, record, programme, reason, id } = message;
  requireTimes(message);
  const parsed = {
    ...message,
    grantee: checked("message.grantee", "the address of one provider", () => toParty(grantee, "")),
    patient: patient === ZeroAddress ? patient : checked("message.patient", "an address", () => toParty(patient, "")),
    categories: namesIn(message, "categories", (names) => categoriesFromBits(categoriesToBits(names))),
    purposes: namesIn(message, "purposes", (names) => purposesFromBits(purposesToBits(names))),
    actions: namesIn(message, "actions", (names) => actionsFromBits(actionsToBits(names))),
    record: record === NO_ID ? record : checked("message.record", "a record id", () => toRecordId(record)),
    programme: checked("message.programme", "a programme id", () => programmeIn(programme)),
    reason: isReason(reason) ? reason : fail("message.reason", REASON),
    id: id.toLowerCase(),
  };
  requireSense(parsed);
  return parsed;
}

function programmeIn(value: string): string {
  return value === NO_ID ? NO_ID : toProgrammeId(value);
}

function requireTimes({ notBefore, expiresAt, issuedAt, deadline }: RequestMessage): void {
  if (BigInt(notBefore) >= BigInt(expiresAt)) fail("message.expiresAt", "after notBefore");
  const wait = BigInt(deadline) * 1000n - BigInt(issuedAt);
  if (wait < -999n || wait > MOST_DAYS * 86_400_000n) {
    fail("message.deadline", `after issuedAt, and at most ${MOST_DAYS} days`);
  }
}

function requireSense({ grantee, patient, purposes, record, programme }: RequestMessage): void {
  if (grantee === patient) fail("message.patient", "somebody else than the grantee");
  if (purposes.includes("BTG")) fail("message.purposes", "without BTG, which nobody can grant");
  if (record !== NO_ID && programme !== NO_ID) fail("message.programme", "zero beside a record");
}

/** Names as they are signed: known, in the order of the bits, none twice. */
function namesIn<Name extends string>(
  message: RequestMessage,
  key: "categories" | "purposes" | "actions",
  ordered: (names: string[]) => Name[],
): Name[] {
  const list: string[] = message[key];
  const names = ordered(list);
  if (names.join() === list.join()) return names;
  return fail(`message.${key}`, `${names.join(", ")}: by their own names, in this order`);
}

function signatureIn(value: unknown): string {
  const signature = hexIn(value, "signature").toLowerCase();
  return signature.length <= LONGEST_SIGNATURE ? signature : fail("signature", "of at most 8,192 bytes");
}

/** With its checksum if it is an account. */
function signerIn(value: unknown): string {
  const signer = hexIn(value, "signer").toLowerCase();
  if (signer.length < ADDRESS_LENGTH) fail("signer", "an address, or a verifier and a key");
  return verifierOf(signer) === undefined ? accountOf(signer) : signer;
}

function checked<Result>(path: string, expected: string, read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    throw new MalformedRequestError(path, expected, cause);
  }
}

function fail(path: string, expected: string): never {
  throw new MalformedRequestError(path, expected);
}
