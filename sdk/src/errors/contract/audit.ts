import type { IAuditLog__factory } from "../../generated/contracts/factories/contracts/interfaces/IAuditLog__factory.js";
import { errorsOf } from "./base.js";

const define = errorsOf<typeof IAuditLog__factory>();

export class InvalidBatchError extends define(
  "InvalidBatch",
  ({ count, root }) => `A batch of ${count} entries with the root ${root} can't be anchored.`,
  "Anchor at least one entry, with the root of their tree.",
) {}

export class NotNextEntryError extends define(
  "NotNextEntry",
  ({ custodian, firstEntry, nextEntry }) =>
    `The batch starts with entry ${firstEntry}; the next one of ${custodian} is ${nextEntry}.`,
  "Leave out what is anchored already, and leave out nothing else.",
) {}

export class InvalidReviewError extends define(
  "InvalidReview",
  ({ subject, verdict }) => `A review of ${subject} can't end with the verdict ${verdict}.`,
  "Name what was reviewed, and state a verdict.",
) {}
