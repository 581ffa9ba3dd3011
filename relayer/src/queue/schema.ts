import type { DatabaseSync } from "node:sqlite";
import type { SignedStatement } from "@consentry/sdk";
import { isWithdrawal, subjectOf } from "../statements/subject.js";

/** What `PRAGMA user_version` says of a file of this version. */
export const VERSION = 3;
/** Of the oldest that can be brought here. */
export const FIRST = 2;

const SECOND = `
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
`;

const THIRD = `
  ALTER TABLE statements ADD COLUMN subject TEXT CHECK (content IS NOT NULL OR subject IS NULL);
  CREATE TABLE transactions (
    nonce INTEGER NOT NULL,
    hash TEXT NOT NULL UNIQUE,
    raw TEXT NOT NULL,
    gas INTEGER NOT NULL,
    id TEXT,
    at INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX delivering ON transactions (id);
  CREATE TABLE spent (at INTEGER NOT NULL, gas INTEGER NOT NULL) STRICT;
`;

/** Makes the tables of the first version that there was. */
export function create(database: DatabaseSync, chainId: number, registry: string): void {
  database.exec(SECOND);
  database.prepare("INSERT INTO deployment VALUES (?, ?)").run(chainId, registry);
}

/** Brings a file of a version to the present one. */
export function migrate(database: DatabaseSync, version: number): void {
  if (version === VERSION) return;
  database.exec(THIRD);
  const update = database.prepare("UPDATE statements SET subject = ?, withdrawal = ? WHERE id = ?");
  for (const { id, content } of database
    .prepare("SELECT id, content FROM statements WHERE content IS NOT NULL")
    .all()) {
    const statement = JSON.parse(content as string) as SignedStatement;
    update.run(subjectOf(statement), Number(isWithdrawal(statement.primaryType)), id as string);
  }
  database.exec(`PRAGMA user_version = ${VERSION}`);
}
