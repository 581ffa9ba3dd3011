import { decisionTexts } from "../../decisions/texts.js";
import type { IRecordRegistry__factory } from "../../generated/contracts/factories/contracts/interfaces/IRecordRegistry__factory.js";
import { hex } from "../../values/bytes.js";
import { errorsOf } from "./base.js";

const define = errorsOf<typeof IRecordRegistry__factory>();

export class InvalidRecordIdError extends define(
  "InvalidRecordId",
  ({ record }) => `${record} is not the id of a record.`,
  "Make ids with records.newId(custodian).",
) {}

export class RecordUnknownError extends define(
  "RecordUnknown",
  ({ record }) => `No record is registered as ${record}, or not any more.`,
  "Check the id with records.get().",
) {}

export class RecordExistsError extends define(
  "RecordExists",
  ({ record, status }) => `The id ${record} is taken (${status}).`,
  "Register under a new id: an id is never used again, not even after erasure. Use amend for a new version.",
) {}

export class InvalidPatientError extends define(
  "InvalidPatient",
  ({ patient }) => `${patient} can't be a patient.`,
  "Pass the patient's address.",
) {}

export class InvalidLabelsError extends define(
  "InvalidLabels",
  ({ categories }) => `The categories ${hex(categories)} hold no kind of data, or are not defined.`,
  "Name at least one kind of data, such as LABS; a sensitivity alone is not enough.",
) {}

export class InvalidContentHashError extends define(
  "InvalidContentHash",
  ({ record }) => `The content hash of ${record} is zero.`,
  "Pass the content, or the result of contentHash().",
) {}

export class NotContributorError extends define(
  "NotContributor",
  ({ caller, custodian }) => `${caller} may not contribute records for ${custodian}.`,
  "The custodian must be an active provider with CONTRIBUTE, and the caller its key or a member that may contribute.",
) {}

export class CollectionNotPermittedError extends define(
  "CollectionNotPermitted",
  ({ record, decision }) =>
    `The patient does not let the custodian collect ${record}: ${decisionTexts[decision].reason}`,
  "Ask the patient for a consent with the action collect, these kinds of data and this purpose.",
) {}

export class TooManyVersionsError extends define(
  "TooManyVersions",
  ({ record }) => `${record} has too many versions.`,
  "Register the content under a new id.",
) {}
