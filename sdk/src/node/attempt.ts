import { resolve } from "node:path";
import { ConsentryError } from "../errors/base.js";
import { InvalidParameterError } from "../errors/input.js";
import { StoreError } from "../errors/store.js";

/** What an action gives; what the file system throws is a StoreError. */
export async function attempt<Result>(record: string, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    throw error instanceof ConsentryError ? error : new StoreError(record, error);
  }
}

/** The absolute path of a folder; a relative one is of the working directory at this moment. */
export function toFolder(folder: unknown): string {
  if (typeof folder !== "string" || folder === "") throw new InvalidParameterError("folder", "the path of a folder");
  return resolve(folder);
}
