import type { SQLOutputValue } from "node:sqlite";
import type { SignedStatement } from "@consentry/sdk";
import type { Failure, Letter, State, StatementState } from "./types.js";

/** A row as SQLite gives it; whatever is in the file was written by this program. */
export type Row = Record<string, SQLOutputValue>;

export function stateIn({ id, state, hash, blockNumber, error }: Row): StatementState {
  return {
    id: id as string,
    state: state as State,
    ...(typeof hash === "string" && { hash }),
    ...(typeof blockNumber === "number" && { blockNumber }),
    ...(typeof error === "string" && { error: JSON.parse(error) as Failure }),
  };
}

export function letterIn({ id, withdrawal, content, hash, attempts, inVain }: Row): Letter {
  return {
    id: id as string,
    statement: JSON.parse(content as string) as SignedStatement,
    isWithdrawal: withdrawal === 1,
    hash: (hash ?? undefined) as string | undefined,
    attempts: attempts as number,
    inVain: inVain as number,
  };
}
