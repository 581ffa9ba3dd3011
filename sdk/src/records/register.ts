import type { Context } from "../context.js";
import { custodianOf } from "../scopes/ids.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import type { WriteResult } from "../writes/send.js";
import type { RecordRegistered } from "./events.js";
import { kept, prepareOptions, REGISTER_OPTION_KEYS, type RegisterOptions, sendRegistration } from "./registerMany.js";
import { prepareRecord, type PreparedContent, RECORD_KEYS, type RecordInput } from "./toRegistration.js";

/** A record to register. */
export type RegisterParams = RecordInput & RegisterOptions;

/**
 * Registers a record: only a pointer, its categories and a salted hash go on the chain.
 *
 * @param params `categories`, or the FHIR `resource` from which they follow; `content`, or its `contentHash`
 * @returns the transaction, and the record's id, hash and salt: keep the salt beside the content
 * @throws UnknownCodeError, InvalidAddressError, InvalidParameterError, InvalidRecordIdError, MalformedResourceError before
 * anything is sent
 * @throws CollectionNotPermittedError if the patient does not let the custodian collect this
 * @throws NotContributorError, RecordExistsError and the other errors of the contract
 * @throws NoSignerError if nobody can sign
 * @example
 * const { record, salt } = await consentry.records.register({
 *   patient,
 *   resource,
 *   content: JSON.stringify(resource),
 *   purpose: "TREAT",
 * });
 */
export async function register(
  context: Context,
  params: RegisterParams,
): Promise<WriteResult<RecordRegistered> & PreparedContent> {
  const { to, data, ...content } = await registerRequest(context, params);
  return { ...(await sendRegistration(context, { to, data })), ...content };
}

/** Builds the transaction of {@link register} without sending it. */
export async function registerRequest(
  context: Context,
  params: RegisterParams,
): Promise<UnsignedTransaction & PreparedContent> {
  onlyKeys(params, [...RECORD_KEYS, ...REGISTER_OPTION_KEYS]);
  const named = params.record === undefined ? params.custodian : (params.custodian ?? custodianOf(params.record));
  const { programme, purpose, custodian } = await prepareOptions(context, { ...params, custodian: named });
  const prepared = prepareRecord(params, custodian, "");
  const populated = context.records.register.populateTransaction(prepared.registration, programme, purpose);
  return { ...(await unsigned(populated)), ...kept(prepared) };
}
