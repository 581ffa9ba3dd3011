import { purposesToBits, toPurpose } from "../codes/purposes.js";
import type { CodeInput, Purpose } from "../codes/types.js";
import { addressOrSender, type Context } from "../context.js";
import { toProgrammeId } from "../scopes/ids.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { onlyKeys } from "../values/keys.js";
import { nonEmpty, oneCode } from "../values/lists.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { recordEvents, type RecordRegistered } from "./events.js";
import {
  prepareRecord,
  type PreparedContent,
  type PreparedRecord,
  RECORD_KEYS,
  type RecordInput,
} from "./toRegistration.js";

/** What holds for all records of one call. */
export interface RegisterOptions {
  /** Why the data were collected: one name, HL7 code or coding; the patient must consent to `collect` for it. */
  purpose: CodeInput<Purpose>;
  /** The programme in which they were collected, by its id. */
  programme?: string | undefined;
  /** The provider that keeps them; whoever signs if left out. A member names its organization. */
  custodian?: string | undefined;
}

/** The keys of {@link RegisterOptions}. */
export const REGISTER_OPTION_KEYS = [
  "purpose",
  "programme",
  "custodian",
] as const satisfies readonly (keyof RegisterOptions)[];

/** Records to register, all or none. */
export interface RegisterManyParams extends RegisterOptions {
  records: readonly RecordInput[];
}

/** A transaction, and what must be kept of the records in it: without its salt a hash proves nothing. */
export interface RegistrationRequest extends UnsignedTransaction {
  records: PreparedContent[];
}

/** What became of a registration, and what must be kept of the records in it. */
export interface RegistrationResult extends WriteResult<RecordRegistered> {
  records: PreparedContent[];
}

/**
 * Registers records under one purpose, all or none. Only their hashes go on the chain.
 *
 * @returns the transaction, and for each record its id, hash and salt: keep the salt beside the content
 * @throws as `register`
 * @example
 * const { records } = await consentry.records.registerMany({
 *   purpose: "TREAT",
 *   records: resources.map((resource) => ({ patient, resource, content: JSON.stringify(resource) })),
 * });
 */
export async function registerMany(context: Context, params: RegisterManyParams): Promise<RegistrationResult> {
  const { records, ...transaction } = await registerManyRequest(context, params);
  return { ...(await sendRegistration(context, transaction)), records };
}

/** Builds the transaction of {@link registerMany} without sending it. */
export async function registerManyRequest(context: Context, params: RegisterManyParams): Promise<RegistrationRequest> {
  onlyKeys(params, ["records", ...REGISTER_OPTION_KEYS]);
  const inputs = nonEmpty(params.records, "records");
  inputs.forEach((input, i) => onlyKeys(input, RECORD_KEYS, `records[${i}].`));
  const { programme, purpose, custodian } = await prepareOptions(context, params);
  const prepared = inputs.map((input, i) => prepareRecord(input, custodian, `records[${i}].`));
  const registrations = prepared.map(({ registration }) => registration);
  const populated = context.records.registerBatch.populateTransaction(registrations, programme, purpose);
  return { ...(await unsigned(populated)), records: prepared.map(kept) };
}

/** Sends a registration and reads its events. */
export function sendRegistration(
  context: Context,
  transaction: UnsignedTransaction,
): Promise<WriteResult<RecordRegistered>> {
  return send(context, transaction, (logs) =>
    recordEvents(context, logs).filter((event) => event.type === "RecordRegistered"),
  );
}

/** Checks what holds for all records of a call. */
export async function prepareOptions(
  context: Context,
  { purpose, programme, custodian }: RegisterOptions,
): Promise<{ purpose: bigint; programme: string; custodian: string }> {
  return {
    purpose: purposesToBits([toPurpose(oneCode(purpose, "purpose"))]),
    programme: toProgrammeId(programme),
    custodian: await addressOrSender(context, custodian, "custodian"),
  };
}

/** What must be kept of a record. */
export function kept({ record, contentHash, salt }: PreparedRecord): PreparedContent {
  return { record, contentHash, salt };
}
