import type { Context } from "../context.js";
import type { DecisionAtBlock } from "../decisions/decision.js";
import type { ScanOptions } from "../logs/readPages.js";
import type { ReadOptions } from "../reads/options.js";
import { newRecordId } from "../scopes/ids.js";
import type { UnsignedTransaction } from "../transport/types.js";
import type { Bytes } from "../values/bytes.js";
import { bind, bindWrite, type Write } from "../writes/action.js";
import type { WriteResult } from "../writes/send.js";
import { addLabels, type AddLabelsParams, addLabelsRequest } from "./addLabels.js";
import { amend, type AmendParams, amendRequest } from "./amend.js";
import { verifyContent } from "./contentHash.js";
import { decide as decideRecord, type DecideRecordParams } from "./decide.js";
import { erase, type EraseParams, eraseRequest } from "./erase.js";
import type { LabelsAdded, RecordAmended, RecordErased, RecordRegistered } from "./events.js";
import { get as getRecord, type NoRecord, type RecordPointer } from "./get.js";
import { list as listRecords, type ListRecordsParams } from "./list.js";
import { register, type RegisterParams, registerRequest } from "./register.js";
import {
  registerMany,
  type RegisterManyParams,
  registerManyRequest,
  type RegistrationRequest,
  type RegistrationResult,
} from "./registerMany.js";
import type { PreparedContent } from "./toRegistration.js";

/** `client.records`: pointers to records and hashes of them; the records stay with their custodians. */
export interface RecordActions {
  /**
   * Makes a new record id of a custodian: 88 random bits that tell nothing. Nothing is sent.
   *
   * @throws InvalidAddressError
   */
  newId: (custodian: string) => string;
  /**
   * Registers a record: a pointer, its categories and a salted hash. Returns id, hash and salt, which must be kept.
   *
   * @throws CollectionNotPermittedError, NotContributorError, RecordExistsError, InvalidParameterError, NoSignerError
   */
  register: Write<
    RegisterParams,
    WriteResult<RecordRegistered> & PreparedContent,
    UnsignedTransaction & PreparedContent
  >;
  /**
   * Registers records under one purpose, all or none. Returns the id, hash and salt of each, which must be kept.
   *
   * @throws CollectionNotPermittedError, NotContributorError, RecordExistsError, InvalidParameterError, NoSignerError
   */
  registerMany: Write<RegisterManyParams, RegistrationResult, RegistrationRequest>;
  /**
   * Puts a new content in a record's place, as its next version. Returns hash and salt, which must be kept.
   *
   * @throws RecordUnknownError, NotContributorError, TooManyVersionsError, NoSignerError
   */
  amend: Write<AmendParams, WriteResult<RecordAmended> & PreparedContent, UnsignedTransaction & PreparedContent>;
  /**
   * Adds categories to a record; the event of the result has all that it carries now.
   *
   * @throws UnknownCodeError, RecordUnknownError, NotContributorError, NoSignerError
   */
  addLabels: Write<AddLabelsParams, WriteResult<LabelsAdded>>;
  /**
   * Forgets a record's patient, categories and hash for good. Destroy its content and salt, too.
   *
   * @throws RecordUnknownError, NotContributorError, NoSignerError
   */
  erase: Write<EraseParams, WriteResult<RecordErased>>;
  /**
   * Looks a record up by its id: the pointer, or only a status if it is unknown or erased.
   *
   * @throws InvalidRecordIdError
   */
  get: (record: string, options?: ReadOptions) => Promise<RecordPointer | NoRecord>;
  /**
   * Lists the registered records of a patient or a custodian, in the order in which they were registered.
   *
   * @throws InvalidParameterError without patient and custodian, InvalidAddressError
   */
  list: (params: ListRecordsParams, options?: ScanOptions) => Promise<RecordPointer[]>;
  /**
   * Decides on a record with its own patient and labels: ask this before it is released.
   *
   * @throws InvalidRecordIdError, UnknownCodeError; NetworkError, TimeoutError: take them as a refusal
   */
  decide: (params: DecideRecordParams, options?: ReadOptions) => Promise<DecisionAtBlock>;
  /**
   * Tells whether a content is the one that was registered: false if a single bit was changed. Nothing is asked.
   *
   * @throws InvalidParameterError
   */
  verify: (
    pointer: { readonly contentHash?: string | undefined },
    content: Bytes,
    salt: string | Uint8Array,
  ) => boolean;
}

/** The actions of `client.records`, bound to a context. */
export function recordsOf(context: Context): RecordActions {
  return {
    newId: newRecordId,
    register: bindWrite(context, register, registerRequest),
    registerMany: bindWrite(context, registerMany, registerManyRequest),
    amend: bindWrite(context, amend, amendRequest),
    addLabels: bindWrite(context, addLabels, addLabelsRequest),
    erase: bindWrite(context, erase, eraseRequest),
    get: bind(context, getRecord),
    list: bind(context, listRecords),
    decide: bind(context, decideRecord),
    verify: verifyContent,
  };
}
