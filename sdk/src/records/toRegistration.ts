import { categoriesToBits } from "../codes/categories.js";
import type { Category, CodeInput } from "../codes/types.js";
import { InvalidContentHashError } from "../errors/contract/records.js";
import { InvalidParameterError } from "../errors/input.js";
import { labelsOf } from "../fhir/labelsOf.js";
import { custodianOf, NO_ID, newRecordId, toRecordId } from "../scopes/ids.js";
import { toParty } from "../values/address.js";
import { type Bytes, toBytes32, toHex } from "../values/bytes.js";
import { nonEmpty } from "../values/lists.js";
import { contentHash, newSalt } from "./contentHash.js";

/** A version of a record: its content, or the hash of it. */
export interface ContentInput {
  /** Bytes, or a text that is taken as UTF-8; hashed here, never sent. */
  content?: Bytes | undefined;
  /** 32 secret random bytes; made if left out. */
  salt?: string | Uint8Array | undefined;
  /** Instead of content and salt: the result of `contentHash`. */
  contentHash?: string | undefined;
  /** A locator that only its readers can decrypt. */
  sealedLocator?: string | Uint8Array | undefined;
}

/** The keys of {@link ContentInput}. */
export const CONTENT_KEYS = [
  "content",
  "salt",
  "contentHash",
  "sealedLocator",
] as const satisfies readonly (keyof ContentInput)[];

/** A new record. */
export interface RecordInput extends ContentInput {
  /** Its id; a new one if left out. */
  record?: string | undefined;
  patient: string;
  /** Every kind of data and every sensitivity of the content. */
  categories?: readonly CodeInput<Category>[] | undefined;
  /** Instead of categories: the FHIR resource from whose type, codes and labels they follow. */
  resource?: unknown;
}

/** The keys of {@link RecordInput}. */
export const RECORD_KEYS = [
  "record",
  "patient",
  "categories",
  "resource",
  ...CONTENT_KEYS,
] as const satisfies readonly (keyof RecordInput)[];

/** What must be kept of a record that is being registered or amended. */
export interface PreparedContent {
  /** The record's id. */
  record: string;
  contentHash: string;
  /** Keep it beside the content; `0x` if only the hash was given. */
  salt: string;
}

/** A record as the contract takes it, and what must be kept of it. */
export interface PreparedRecord extends PreparedContent {
  registration: {
    record: string;
    patient: string;
    categories: bigint;
    contentHash: string;
    sealedLocator: string;
  };
}

/** Checks a record and hashes its content; `path` names it in errors, as in `records[1].`. */
export function prepareRecord(input: RecordInput, custodian: string, path: string): PreparedRecord {
  const record = input.record === undefined ? newRecordId(custodian) : toRecordId(input.record);
  if (custodianOf(record) !== custodian) {
    throw new InvalidParameterError(`${path}record`, `an id of the custodian ${custodian}`);
  }
  const prepared = prepareContent(input, record, path);
  const registration = {
    record,
    patient: toParty(input.patient, `${path}patient`),
    categories: categoriesOf(input, path),
    contentHash: prepared.contentHash,
    sealedLocator: locatorOf(input, path),
  };
  return { ...prepared, registration };
}

/** Hashes a content with its salt, or takes the hash that was given. */
export function prepareContent(input: ContentInput, record: string, path: string): PreparedContent {
  const { content, contentHash: given } = input;
  if ((content === undefined) === (given === undefined)) {
    throw new InvalidParameterError(`${path}content`, "given, or else contentHash, but not both");
  }
  if (content !== undefined) {
    const salt = input.salt === undefined ? newSalt() : toBytes32(input.salt, `${path}salt`);
    return { record, salt, contentHash: contentHash(content, salt) };
  }
  const hash = toBytes32(given, `${path}contentHash`);
  if (hash === NO_ID) throw new InvalidContentHashError({ record });
  return { record, salt: "0x", contentHash: hash };
}

/** The sealed locator as hex. */
export function locatorOf({ sealedLocator }: ContentInput, path: string): string {
  return sealedLocator === undefined ? "0x" : toHex(sealedLocator, `${path}sealedLocator`);
}

function categoriesOf({ categories, resource }: RecordInput, path: string): bigint {
  if ((categories === undefined) === (resource === undefined)) {
    throw new InvalidParameterError(`${path}categories`, "given, or else resource, but not both");
  }
  if (categories === undefined) return labelsOf(resource).bits;
  return categoriesToBits(nonEmpty(categories, `${path}categories`));
}
