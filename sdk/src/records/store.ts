import type { Content } from "../crypto/content.js";
import type { KeyWrap } from "../crypto/keyWrap.js";
import type { TimeInput } from "../values/dates.js";

/** A version of a record that is to be kept. */
export interface RecordToStore {
  content: Content;
  /** 32 bytes; made if left out. */
  salt?: string | Uint8Array | undefined;
  /** Counts the contents from 1, as the chain does; 1 if left out. */
  version?: number | undefined;
  /** How long it must be kept at least; the store's own period if left out. */
  retainUntil?: TimeInput | undefined;
  /** False for what is compressed already, such as images. */
  compress?: boolean | undefined;
}

/** What became of a version that is kept. */
export interface KeptRecord {
  /** The record's id. */
  record: string;
  version: number;
  /** 32 bytes as hex; secret. */
  salt: string;
  /** `keccak256(salt ‖ content)`, as `records.register` and `records.amend` take it. */
  contentHash: string;
  retainUntil: Date;
}

/** A version of a record, in clear and in memory. */
export interface StoredRecord {
  version: number;
  content: Uint8Array;
  /** 32 bytes as hex; secret. */
  salt: string;
  retainUntil: Date;
}

/** A version of a record in clear, read as it is asked for: use nothing of it if the stream fails. */
export type OpenedRecord = Omit<StoredRecord, "content"> & { content: ReadableStream<Uint8Array> };

/** What a grantee gets of a record: only its own private key opens it. */
export interface ReleasedRecord {
  version: number;
  wrap: KeyWrap;
  sealed: ReadableStream<Uint8Array>;
}

/** Which version, and what is expected of it. */
export interface VersionOptions {
  /** The newest if left out. */
  version?: number | undefined;
  /** The hash on the chain; a content that has another is refused. */
  contentHash?: string;
  /** The most bytes of content that may come out. */
  maxLength?: number | undefined;
}

/** Whom the patient lets read a record. */
export interface ShareParams {
  /** The grantee's address. */
  grantee: string;
  /** As `providers.get` tells it. */
  publicKey: string | Uint8Array | undefined;
  /** The newest if left out. */
  version?: number | undefined;
}

/**
 * Where a custodian keeps records: encrypted, each version with a key of its own. It decides nothing: ask
 * `records.decide` before anything is shared or released.
 */
export interface RecordStore {
  /** Keeps a version that is not there yet; all or nothing, and for good when it resolves. */
  put(record: string, version: RecordToStore): Promise<KeptRecord>;
  /** A version in clear; throws RecordMissingError, RecordErasedError or RecordDamagedError. */
  get(record: string, options?: VersionOptions): Promise<StoredRecord>;
  /** A version in clear as a stream, for one that does not fit into the memory. */
  open(record: string, options?: VersionOptions): Promise<OpenedRecord>;
  /** Wraps the key of a version for a grantee, and keeps the wrap. */
  share(record: string, params: ShareParams): Promise<KeyWrap>;
  /** Destroys every wrap of a record for a grantee; nothing happens if there are none. */
  withdraw(record: string, grantee: string): Promise<void>;
  /** What a grantee decrypts itself; throws NotSharedError unless the version was shared with it. */
  release(record: string, grantee: string, options?: Pick<VersionOptions, "version">): Promise<ReleasedRecord>;
  /** Destroys keys, salts and contents of all versions; before they may go only for a reason, which is kept. */
  delete(record: string, options?: { reason?: string | undefined }): Promise<void>;
}
