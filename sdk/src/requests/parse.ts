import { ZeroAddress } from "ethers";
import { actionsFromBits, actionsToBits } from "../codes/actions.js";
import { categoriesFromBits, categoriesToBits } from "../codes/categories.js";
import { purposesFromBits, purposesToBits } from "../codes/purposes.js";
import { MalformedRequestError } from "../errors/requests.js";
import { NO_ID, toProgrammeId, toRecordId } from "../scopes/ids.js";
import { accountOf, verifierOf } from "../signing/account.js";
import type { StatementDomain } from "../signing/types.js";
import { toAddress, toParty } from "../values/address.js";
import { isPlainObject } from "../values/keys.js";
import { isReason, REASON } from "./reason.js";
import type { AccessRequest, RequestMessage } from "./types.js";

/** The longest text of a request: more than any that can be made. */
export const LONGEST_TEXT = 65_536;
/** Days that a request can wait for its answer. */
export const MOST_DAYS = 90n;

const LONGEST_HEX = 2 + 2 * 8_192;
const MOST_NAMES = 64;
const MESSAGE_KEYS = [
  "grantee",
  "patient",
  "categories",
  "purposes",
  "actions",
  "record",
  "programme",
  "notBefore",
  "expiresAt",
  "reason",
  "id",
  "issuedAt",
  "deadline",
] as const satisfies readonly (keyof RequestMessage)[];

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
  const value = typeof input === "string" ? parseJson(input) : input;
  const request = objectIn(value, "", ["primaryType", "domain", "message", "signer", "signature"]);
  if (request["primaryType"] !== "AccessRequest") throw new MalformedRequestError("primaryType", '"AccessRequest"');
  return {
    primaryType: "AccessRequest",
    domain: domainIn(request["domain"]),
    message: messageIn(objectIn(request["message"], "message", MESSAGE_KEYS)),
    signer: signerIn(request["signer"]),
    signature: hexIn(request["signature"], "signature", 0),
  };
}

function parseJson(text: string): unknown {
  if (text.length > LONGEST_TEXT) throw new MalformedRequestError("request", `at most ${LONGEST_TEXT} characters`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new MalformedRequestError("request", "JSON", cause);
  }
}

function domainIn(value: unknown): StatementDomain {
  const domain = objectIn(value, "domain", ["name", "version", "chainId", "verifyingContract"]);
  const { chainId, verifyingContract } = domain;
  if (domain["name"] !== "Consentry") throw new MalformedRequestError("domain.name", '"Consentry"');
  if (domain["version"] !== "1") throw new MalformedRequestError("domain.version", '"1"');
  if (typeof chainId !== "number" || !Number.isSafeInteger(chainId) || chainId < 1) {
    throw new MalformedRequestError("domain.chainId", "the id of a chain");
  }
  const contract = checked("domain.verifyingContract", "an address", () => toAddress(verifyingContract, ""));
  return { name: "Consentry", version: "1", chainId, verifyingContract: contract };
}

function messageIn(message: Record<string, unknown>): RequestMessage {
  const { grantee, patient, record, programme, reason } = message;
  const { notBefore, expiresAt, issuedAt, deadline } = timesIn(message);
  const parsed = {
    grantee: checked("message.grantee", "the address of one provider", () => toParty(grantee, "")),
    patient: patient === ZeroAddress ? patient : checked("message.patient", "an address", () => toParty(patient, "")),
    categories: namesIn(message, "categories", (names) => categoriesFromBits(categoriesToBits(names))),
    purposes: namesIn(message, "purposes", (names) => purposesFromBits(purposesToBits(names))),
    actions: namesIn(message, "actions", (names) => actionsFromBits(actionsToBits(names))),
    record: record === NO_ID ? record : checked("message.record", "a record id", () => toRecordId(record)),
    programme: checked("message.programme", "a programme id", () => programmeIn(programme)),
    notBefore,
    expiresAt,
    reason: typeof reason === "string" && isReason(reason) ? reason : fail("message.reason", REASON),
    id: hexIn(message["id"], "message.id", 32, 32),
    issuedAt,
    deadline,
  };
  requireSense(parsed);
  return parsed;
}

function programmeIn(value: unknown): string {
  return value === NO_ID ? NO_ID : toProgrammeId(value ?? null);
}

function timesIn(
  message: Record<string, unknown>,
): Pick<RequestMessage, "notBefore" | "expiresAt" | "issuedAt" | "deadline"> {
  const [notBefore, expiresAt, issuedAt, deadline] = (["notBefore", "expiresAt", "issuedAt", "deadline"] as const).map(
    (name) => digitsIn(message[name], `message.${name}`),
  ) as [string, string, string, string];
  if (BigInt(notBefore) >= BigInt(expiresAt)) fail("message.expiresAt", "after notBefore");
  const wait = BigInt(deadline) * 1000n - BigInt(issuedAt);
  if (wait < -999n || wait > MOST_DAYS * 86_400_000n) {
    fail("message.deadline", `after issuedAt, and at most ${MOST_DAYS} days`);
  }
  return { notBefore, expiresAt, issuedAt, deadline };
}

function requireSense({ grantee, patient, purposes, record, programme }: RequestMessage): void {
  if (grantee === patient) fail("message.patient", "somebody else than the grantee");
  if (purposes.includes("BTG")) fail("message.purposes", "without BTG, which nobody can grant");
  if (record !== NO_ID && programme !== NO_ID) fail("message.programme", "zero beside a record");
}

/** Names as they are signed: known, in the order of the bits, none twice. */
function namesIn<Name extends string>(
  message: Record<string, unknown>,
  key: "categories" | "purposes" | "actions",
  ordered: (names: string[]) => Name[],
): Name[] {
  const list = message[key];
  const path = `message.${key}`;
  const isList = Array.isArray(list) && list.length > 0 && list.length <= MOST_NAMES;
  if (!isList || !list.every((name) => typeof name === "string")) return fail(path, "a list of names");
  const names = ordered(list);
  return names.join() === list.join() ? names : fail(path, `${names.join(", ")}: by their own names, in this order`);
}

/** With its checksum if it is an account. */
function signerIn(value: unknown): string {
  const signer = hexIn(value, "signer", 20);
  return verifierOf(signer) === undefined ? accountOf(signer) : signer;
}

/** A number below 2^48 as its decimal digits, without leading zeros, so that there is one way to write it. */
function digitsIn(value: unknown, path: string): string {
  if (typeof value === "string" && /^(0|[1-9]\d{0,14})$/.test(value) && BigInt(value) < 1n << 48n) return value;
  return fail(path, "the decimal digits of a number below 2^48");
}

function hexIn(value: unknown, path: string, least: number, most?: number): string {
  const isHex = typeof value === "string" && value.length <= LONGEST_HEX && /^0x([0-9a-f]{2})*$/i.test(value);
  const bytes = isHex ? value.length / 2 - 1 : -1;
  if (isHex && bytes >= least && bytes <= (most ?? bytes)) return value.toLowerCase();
  return fail(path, `0x and the hexadecimal digits of ${most === undefined ? "at least " : ""}${least} bytes`);
}

function objectIn(value: unknown, path: string, keys: readonly string[]): Record<string, unknown> {
  if (!isPlainObject(value)) return fail(path || "request", "an object");
  const unknown = Object.keys(value).find((key) => !keys.includes(key));
  if (unknown === undefined) return value as Record<string, unknown>;
  return fail(`${path === "" ? "" : `${path}.`}${unknown.slice(0, 40)}`, "left out");
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
