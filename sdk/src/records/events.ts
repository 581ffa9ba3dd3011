import { categoriesFromBits } from "../codes/categories.js";
import type { Category } from "../codes/types.js";
import type { Context } from "../context.js";
import type { RawLog } from "../transport/types.js";
import { type DecodedLog, decodeLogs, type EventPosition } from "../writes/events.js";

interface AboutRecord extends EventPosition {
  /** The record's id. */
  record: string;
}

interface Written extends AboutRecord {
  /** Who wrote: the custodian or its member. */
  by: string;
}

/** A record was registered. */
export interface RecordRegistered extends Written {
  type: "RecordRegistered";
  patient: string;
  custodian: string;
  categories: Category[];
  contentHash: string;
}

/** A new version took the record's place. */
export interface RecordAmended extends Written {
  type: "RecordAmended";
  version: number;
  contentHash: string;
}

/** Categories were added. */
export interface LabelsAdded extends Written {
  type: "LabelsAdded";
  /** All that the record carries from now on. */
  categories: Category[];
}

/** The record was forgotten. */
export interface RecordErased extends Written {
  type: "RecordErased";
}

/** Where the current version is, for those who can decrypt it. Follows the event of that version. */
export interface LocatorSealed extends AboutRecord {
  type: "LocatorSealed";
  /** As hex. */
  sealedLocator: string;
}

/** An event about records; `type` tells which. */
export type RecordEvent = RecordRegistered | RecordAmended | LabelsAdded | RecordErased | LocatorSealed;

interface Args {
  record: string;
  patient: string;
  custodian: string;
  categories: bigint;
  contentHash: string;
  sealedLocator: string;
  version: bigint;
  by: string;
}

/** The events of the record registry in some logs. */
export function recordEvents({ records, deployment }: Context, logs: readonly RawLog[]): RecordEvent[] {
  return decodeLogs(records.interface, deployment.contracts.RecordRegistry.address, logs).flatMap(describe);
}

function describe({ name: type, args, position }: DecodedLog): RecordEvent[] {
  const { record, by, ...rest } = args as unknown as Args;
  const { patient, custodian, contentHash, sealedLocator } = rest;
  const about = { ...position, record };
  switch (type) {
    case "RecordRegistered": {
      const categories = categoriesFromBits(rest.categories);
      return [{ type, ...about, by, patient, custodian, categories, contentHash }];
    }
    case "RecordAmended":
      return [{ type, ...about, by, version: Number(rest.version), contentHash }];
    case "LabelsAdded":
      return [{ type, ...about, by, categories: categoriesFromBits(rest.categories) }];
    case "RecordErased":
      return [{ type, ...about, by }];
    case "LocatorSealed":
      return [{ type, ...about, sealedLocator }];
    default:
      return [];
  }
}
