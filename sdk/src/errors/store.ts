import { ConsentryError } from "./base.js";

/** The store keeps nothing under an id. */
export class RecordMissingError extends ConsentryError {
  override readonly name = "RecordMissingError";
  readonly record: string;

  constructor(record: string) {
    super(`The store keeps nothing as ${record}.`, {
      code: "RecordMissing",
      hint: "It was never put here, or it was erased.",
    });
    this.record = record;
  }
}

/** What the store keeps under an id is not what was put there. */
export class RecordDamagedError extends ConsentryError {
  override readonly name = "RecordDamagedError";
  readonly record: string;

  constructor(record: string, details: string) {
    super(`What the store keeps as ${record} is damaged.`, {
      code: "RecordDamaged",
      details,
      hint: "Restore it from a backup; never release it as it is.",
    });
    this.record = record;
  }
}

/** The store could not be read or written. */
export class StoreError extends ConsentryError {
  override readonly name = "StoreError";
  readonly record: string;

  constructor(record: string, cause: unknown) {
    super(`The store failed at ${record}.`, {
      code: "Store",
      details: cause instanceof Error ? cause.message : undefined,
      hint: "Check that the folder exists, may be written, and has room.",
      cause,
    });
    this.record = record;
  }
}
