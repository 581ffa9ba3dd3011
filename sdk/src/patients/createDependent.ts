import type { Context } from "../context.js";
import { UnexpectedTransactionError } from "../errors/chain.js";
import { newSalt } from "../records/contentHash.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toBytes32 } from "../values/bytes.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { controlEvents, type DependentCreated } from "./events.js";

/** From what the dependent's address is made, besides the parent's. */
export interface CreateDependentParams {
  /** 32 bytes, of the parent's dependents each another; random if left out. */
  salt?: string | Uint8Array | undefined;
}

/** A new identity. */
export interface CreatedDependent extends WriteResult<DependentCreated> {
  /** Its address: the patient in everything that is said for it. */
  dependent: string;
  salt: string;
}

/** A transaction, and the salt in it: whoever sends it is the parent. */
export interface DependentRequest extends UnsignedTransaction {
  salt: string;
}

/**
 * Opens an identity for a child or another person in the signer's care: an address that nobody has a key for. The signer
 * controls it, naming it as `patient`, until handing it over by `transferControl`.
 *
 * Anybody can see whose dependent it is.
 *
 * @returns the transaction, and the dependent's address
 * @throws InvalidParameterError before anything is sent
 * @throws DependentExistsError if the signer used the salt before
 * @throws NoSignerError if nobody can sign
 * @example
 * const { dependent } = await parent.patients.createDependent();
 * await parent.consents.grant({ ...consent, patient: dependent });
 */
export async function createDependent(context: Context, params: CreateDependentParams = {}): Promise<CreatedDependent> {
  const { salt, ...transaction } = await createDependentRequest(context, params);
  const result = await send(context, transaction, (logs) =>
    controlEvents(context, logs).filter((event) => event.type === "DependentCreated"),
  );
  const [created] = result.events;
  if (created === undefined) throw new UnexpectedTransactionError(result.hash, "It opened no identity.");
  return { ...result, dependent: created.patient, salt };
}

/** Builds the transaction of {@link createDependent} without sending it. */
export async function createDependentRequest(
  context: Context,
  params: CreateDependentParams = {},
): Promise<DependentRequest> {
  const salt = saltOf(params);
  return { ...(await unsigned(context.consents.createDependent.populateTransaction(salt))), salt };
}

/** The salt that was given, or a new one. */
export function saltOf(params: CreateDependentParams): string {
  onlyKeys(params, ["salt"]);
  return params.salt === undefined ? newSalt() : toBytes32(params.salt, "salt");
}
