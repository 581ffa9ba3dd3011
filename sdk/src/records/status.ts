/** What a record registry knows of an id, in the order of the contract's numbers. */
export const STATUSES = ["unknown", "registered", "erased"] as const;

export type RecordStatus = (typeof STATUSES)[number];
