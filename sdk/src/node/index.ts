export { RecordDamagedError, RecordMissingError, StoreError } from "../errors/store.js";
export type { RecordStore, StoredRecord } from "../records/store.js";
export { FileRecordStore } from "./fileRecordStore.js";
