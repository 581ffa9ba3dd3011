import type { ContentKey } from "./contentKey.js";

/**
 * Where a custodian keeps content keys: apart from the records, so that to destroy a key is to erase what it opens, wherever
 * copies and backups of the record are. Backups of the keys must be destroyed with them.
 */
export interface Keyring {
  /** Keeps a key; for good when it resolves. */
  add(key: ContentKey): Promise<void>;
  /** The key with this id; throws KeyMissingError if it was destroyed or never kept. */
  get(record: string, id: string): Promise<ContentKey>;
  /** Destroys every key of a record, whole or half written; nothing happens if there are none. */
  destroy(record: string): Promise<void>;
}
