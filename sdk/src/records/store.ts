/** The content of a record and the salt of its hash, as they are kept outside the chain. */
export interface StoredRecord {
  content: Uint8Array;
  /** 32 bytes as hex; secret. */
  salt: string;
}

/** Where a custodian keeps records: one version for each id. */
export interface RecordStore {
  /** Keeps a record, in the place of what was kept under the id; all or nothing, and for good when it resolves. */
  put(record: string, stored: StoredRecord): Promise<void>;
  /** What is kept; throws RecordMissingError or RecordDamagedError. */
  get(record: string): Promise<StoredRecord>;
  /** Destroys content and salt, whole or half written; nothing happens if there are none. */
  delete(record: string): Promise<void>;
}
