/** What a record registry knows of an id, in the order of the contract's numbers. */
export const STATUSES = ["unknown", "registered", "erased"] as const;

/** What a record registry knows of an id. */
export type RecordStatus = (typeof STATUSES)[number];
