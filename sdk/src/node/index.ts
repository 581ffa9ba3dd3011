export {
  NotSharedError,
  RecordDamagedError,
  RecordErasedError,
  RecordMissingError,
  RetentionError,
  StoreError,
  VersionKeptError,
} from "../errors/store.js";
export type {
  KeptRecord,
  OpenedRecord,
  RecordStore,
  RecordToStore,
  ReleasedRecord,
  ShareParams,
  StoredRecord,
  VersionOptions,
} from "../records/store.js";
export { FileKeyring, type FileKeyringParams } from "./fileKeyring.js";
export { FileRecordStore, type FileRecordStoreParams } from "./fileRecordStore.js";
