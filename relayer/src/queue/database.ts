import { chmodSync, closeSync, existsSync, fchmodSync, fstatSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { Deployment } from "@consentry/sdk";
import { QueueFileError } from "../errors/operation.js";
import { create, FIRST, migrate, VERSION } from "./schema.js";

/**
 * Opens the file of a queue, and makes it if there is none: for its owner's eyes only, for one process and one deployment.
 * What was written survives a loss of power, what was deleted is overwritten.
 *
 * @returns `isNarrowed` tells that others could read it until now
 * @throws QueueFileError
 */
export function openDatabase(path: string, deployment: Deployment): { database: DatabaseSync; isNarrowed: boolean } {
  try {
    const isNarrowed = narrow(path);
    return { database: prepared(new DatabaseSync(path), deployment), isNarrowed };
  } catch (error) {
    if (error instanceof QueueFileError) throw error;
    throw new QueueFileError(detailsOf(error), error);
  }
}

/** Takes everybody else's rights away; tells whether there were any. */
function narrow(path: string): boolean {
  const file = openSync(path, "a", 0o600);
  try {
    const isWide = (fstatSync(file).mode & 0o077) !== 0;
    if (isWide) fchmodSync(file, 0o600);
    for (const journal of [`${path}-wal`, `${path}-shm`]) if (existsSync(journal)) chmodSync(journal, 0o600);
    return isWide;
  } finally {
    closeSync(file);
  }
}

function prepared(database: DatabaseSync, deployment: Deployment): DatabaseSync {
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
    database.exec("PRAGMA secure_delete = ON");
    inTransaction(database, () => prepare(database, deployment));
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Does all of it or nothing. */
export function inTransaction<Result>(database: DatabaseSync, action: () => Result): Result {
  database.exec("BEGIN IMMEDIATE");
  try {
    const result = action();
    database.exec("COMMIT");
    return result;
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

/** SQLite itself rolls back after some errors, such as a full disk. */
function rollBack(database: DatabaseSync): void {
  try {
    database.exec("ROLLBACK");
  } catch {
    // There is nothing to roll back any more.
  }
}

function prepare(database: DatabaseSync, { chainId, contracts }: Deployment): void {
  const registry = contracts.ConsentRegistry.address;
  const { user_version: version } = database.prepare("PRAGMA user_version").get() as { user_version: number };
  if (version === 0) create(database, chainId, registry);
  else if (version > VERSION)
    throw new QueueFileError(`A newer version of the relayer made it (${version}): use that.`);
  else if (version < FIRST) throw new QueueFileError(`It is of a version that was never released (${version}).`);
  const kept = database.prepare("SELECT chainId, registry FROM deployment").get();
  if (kept?.["chainId"] !== chainId || kept["registry"] !== registry)
    throw new QueueFileError("It holds statements for another deployment.");
  migrate(database, version);
}

function detailsOf(error: unknown): string {
  const { message } = error as Error;
  return message.includes("locked") ? "Another relayer uses it." : message;
}
