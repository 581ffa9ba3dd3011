import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { RecordPointer, ReleasedRecord } from "@consentry/sdk";
import { bytesOf, type ContentKey, decryptRecord, unwrapKey } from "@consentry/sdk/crypto";
import type { FileKeyring, FileRecordStore } from "@consentry/sdk/node";
import type { FhirResource } from "fhir/r4.js";
import type { Actor } from "./cast.js";
import { describe } from "./summary.js";

/** What the hospital keeps: records and keys in folders of their own, and which resource stands behind which record id. */
export interface Archive {
  store: FileRecordStore;
  keyring: FileKeyring;
  /** The folder of the records. */
  records: string;
  resources: Map<string, FhirResource>;
}

/** What a grantee has after it has read: nobody can take it back. */
export interface Reading {
  pointer: RecordPointer;
  key: ContentKey;
  sealed: Uint8Array;
  text: string;
}

/** A grantee reads what it was given with its own private key; fails unless it is what the chain has the hash of. */
export async function read(
  grantee: Actor,
  pointer: RecordPointer,
  released: Pick<ReleasedRecord, "wrap" | "sealed">,
): Promise<Reading> {
  const { record, version, contentHash } = pointer;
  const { keyPair, address } = grantee;
  const key = await unwrapKey({ wrap: released.wrap, keyPair, grantee: address, record, version });
  const sealed = await bytesOf(released.sealed);
  const { content } = await decryptRecord({ sealed, key, contentHash });
  return { pointer, key, sealed, text: new TextDecoder().decode(await bytesOf(content)) };
}

/** The ciphertext of a version as it lies on the disk: behind two lines about it. */
export function sealedOnDisk({ records }: Archive, { record, version }: RecordPointer): Uint8Array {
  const file = readFileSync(join(records, record, `${version}.record`));
  return file.subarray(file.indexOf("consentry sealed\n"));
}

/** Every file below a folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** A record in one line, for the hospital's eyes. */
export function title({ record, categories }: RecordPointer, { resources }: Archive): string {
  const resource = resources.get(record);
  return `${categories.join(", ")}: ${resource === undefined ? record : describe(resource)}`;
}

/** The resource as it is kept. */
export function encode(resource: FhirResource): string {
  return JSON.stringify(resource);
}
