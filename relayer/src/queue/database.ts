import { closeSync, openSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { Deployment } from "@consentry/sdk";
import { QueueFileError } from "../errors/operation.js";

const VERSION = 2;

const SCHEMA = `
  CREATE TABLE deployment (chainId INTEGER NOT NULL, registry TEXT NOT NULL) STRICT;
  CREATE TABLE statements (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    withdrawal INTEGER NOT NULL,
    turn INTEGER NOT NULL,
    source TEXT,
    state TEXT NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'sent', 'done', 'failed')),
    content TEXT,
    acceptedAt INTEGER NOT NULL,
    dueAt INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    inVain INTEGER NOT NULL DEFAULT 0,
    endedAt INTEGER,
    hash TEXT,
    blockNumber INTEGER,
    error TEXT,
    CHECK ((content IS NULL) = (state IN ('done', 'failed'))),
    CHECK (content IS NOT NULL OR source IS NULL)
  ) STRICT;
  CREATE INDEX waiting ON statements (withdrawal DESC, turn, number) WHERE content IS NOT NULL;
  CREATE INDEX ended ON statements (endedAt) WHERE endedAt IS NOT NULL;
  CREATE TABLE accepted (patient TEXT, account TEXT, withdrawal INTEGER, at INTEGER NOT NULL) STRICT;
  CREATE INDEX counted ON accepted (patient, account, withdrawal, at);
  PRAGMA user_version = ${VERSION};
`;

/**
 * Opens the file of a queue, and makes it if there is none: for its owner's eyes only, for one process and one deployment.
 * What was written survives a loss of power, what was deleted is overwritten.
 *
 * @throws QueueFileError
 */
export function openDatabase(path: string, deployment: Deployment): DatabaseSync {
  try {
    closeSync(openSync(path, "a", 0o600));
    return prepared(new DatabaseSync(path), deployment);
  } catch (error) {
    if (error instanceof QueueFileError) throw error;
    throw new QueueFileError(detailsOf(error), error);
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
  if (version === 0) {
    database.exec(SCHEMA);
    database.prepare("INSERT INTO deployment VALUES (?, ?)").run(chainId, registry);
  } else if (version !== VERSION)
    throw new QueueFileError(`It was made by another version of the relayer (${version}).`);
  const kept = database.prepare("SELECT chainId, registry FROM deployment").get();
  if (kept?.["chainId"] === chainId && kept["registry"] === registry) return;
  throw new QueueFileError("It holds statements for another deployment.");
}

function detailsOf(error: unknown): string {
  const { message } = error as Error;
  return message.includes("locked") ? "Another relayer uses it." : message;
}
