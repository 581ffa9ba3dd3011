import { ConsentryError } from "./base.js";

/** The store keeps nothing under an id. */
export class RecordMissingError extends ConsentryError {
  override readonly name = "RecordMissingError";
  readonly record: string;

  constructor(record: string, details?: string) {
    super(`The store keeps nothing as ${record}.`, {
      code: "RecordMissing",
      details,
      hint: "It was never put here, or it was erased.",
    });
    this.record = record;
  }
}

/** What the store keeps under an id is not what was put there. */
export class RecordDamagedError extends ConsentryError {
  override readonly name = "RecordDamagedError";
  readonly record: string;

  constructor(record: string, details: string, cause?: unknown) {
    super(`What the store keeps as ${record} is damaged.`, {
      code: "RecordDamaged",
      details,
      hint: "Restore it from a backup; never release it as it is.",
      cause,
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

/** A record was erased from the store, for good. */
export class RecordErasedError extends ConsentryError {
  override readonly name = "RecordErasedError";
  readonly record: string;
  readonly erasedAt: Date;
  /** Why it was erased before its time; undefined if its time was over. */
  readonly reason: string | undefined;

  constructor(record: string, erasedAt: Date, reason: string | undefined) {
    super(`The store has erased ${record}.`, {
      code: "RecordErased",
      details: `At ${erasedAt.toISOString()}${reason === undefined ? "" : `: ${reason}`}`,
      hint: "Its keys are destroyed, and its id is never used again: keep new content under a new id.",
    });
    this.record = record;
    this.erasedAt = erasedAt;
    this.reason = reason;
  }
}

/** The store keeps another content as this version already. */
export class VersionKeptError extends ConsentryError {
  override readonly name = "VersionKeptError";
  readonly record: string;
  readonly version: number;

  constructor(record: string, version: number) {
    super(`The store keeps version ${version} of ${record} already.`, {
      code: "VersionKept",
      hint: "A version never changes: keep what corrects it as the next one. After a crash, get tells what was kept.",
    });
    this.record = record;
    this.version = version;
  }
}

/** A record must be kept longer, and no reason was given to destroy it. */
export class RetentionError extends ConsentryError {
  override readonly name = "RetentionError";
  readonly record: string;
  readonly retainUntil: Date;

  constructor(record: string, retainUntil: Date) {
    super(`The record ${record} must be kept.`, {
      code: "Retention",
      details: `It must not be destroyed before ${retainUntil.toISOString()}.`,
      hint: "Wait until then, or say why it is destroyed before: delete(record, { reason }). The reason is kept.",
    });
    this.record = record;
    this.retainUntil = retainUntil;
  }
}

/** The key of a version of a record was not wrapped for a grantee. */
export class NotSharedError extends ConsentryError {
  override readonly name = "NotSharedError";
  readonly record: string;
  readonly version: number;
  readonly grantee: string;

  constructor(record: string, version: number, grantee: string) {
    super(`Version ${version} of ${record} is not shared with ${grantee}.`, {
      code: "NotShared",
      hint: "If records.decide permits it, share it with the grantee first; each version is shared by itself.",
    });
    this.record = record;
    this.version = version;
    this.grantee = grantee;
  }
}
