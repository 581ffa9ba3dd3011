import { toRecordId } from "../../scopes/ids.js";
import type { Names } from "../references.js";

const PREFIX = "urn:x-consentry:record:";

/** The name of a record on the chain, as documents refer to it. */
export function recordName(record: string | undefined): Names {
  return record === undefined ? [] : [`${PREFIX}${toRecordId(record)}`];
}

/** The id in a name of a record on the chain. */
export function recordIn(name: string): string | undefined {
  return name.startsWith(PREFIX) ? toRecordId(name.slice(PREFIX.length)) : undefined;
}
