import { type PurposeAndAction, toPurposeAndAction } from "../consents/toRequest.js";
import type { Context } from "../context.js";
import { describeAtBlock, describeWith, type DecisionAtBlock } from "../decisions/decision.js";
import { decideRecordLensBytecode } from "../generated/abis.js";
import { blockOf, type ReadBlock } from "../reads/blockOf.js";
import { RpcError } from "../errors/chain.js";
import { type Decided, withNarrow } from "../documents/narrowing.js";
import { type LensQuestion, throughLens } from "../reads/lens.js";
import type { ReadOptions } from "../reads/options.js";
import { toRecordId } from "../scopes/ids.js";
import { atBlock } from "../transport/blocks.js";
import { pointerAt, type RecordPointer } from "./get.js";
import { onlyKeys } from "../values/keys.js";
import { toParty } from "../values/address.js";

/** A question: may `grantee` do `action` with this record, for `purpose`? */
export interface DecideRecordParams extends PurposeAndAction {
  /** Who asks: an address. */
  grantee: string;
  /** The record's id. */
  record: string;
}

/**
 * Decides on a record with its own patient and labels: ask this before a record is released.
 *
 * @param params names or HL7 codes; `action` is `access` if left out
 * @param options at which block; the newest if left out
 * @returns the decision, what it rests on, and its block; NoConsent for an unknown or erased record
 * @throws UnknownCodeError, InvalidAddressError, InvalidParameterError, InvalidRecordIdError before anything is asked
 * @throws NetworkError, TimeoutError if the node does not answer: take it as a refusal
 * @example
 * const { permitted } = await consentry.records.decide({ grantee, record, purpose: "TREAT" });
 */
export async function decide(
  context: Context,
  params: DecideRecordParams,
  options?: ReadOptions,
): Promise<DecisionAtBlock> {
  onlyKeys(params, ["grantee", "record", "purpose", "action", "programme"]);
  const grantee = toParty(params.grantee, "grantee");
  const record = toRecordId(params.record);
  const { programme, purpose, action } = toPurposeAndAction(params);
  const asked = [grantee, record, programme, purpose, action] as const;
  const data = (block: ReadBlock): Promise<RecordPointer> => registered(context, record, block);
  const question = { grantee, data, purpose: params.purpose, action: params.action, programme: params.programme };
  return withNarrow(context, question, () => answer(context, asked, options));
}

async function answer(context: Context, asked: Asked, options: ReadOptions | undefined): Promise<Decided> {
  const seen = await throughLens(context, lensOf(context, asked), options);
  if (seen !== undefined) {
    const { outcome, word, block } = seen;
    return { decision: describeWith(outcome, word, block), block };
  }
  const block = await blockOf(context, options);
  const [decision, holder, scope, patient] = await context.records.decideRecord(...asked, atBlock(block));
  return { decision: await describeAtBlock(context, { decision, holder, scope }, patient, block), block };
}

async function registered(context: Context, record: string, block: ReadBlock): Promise<RecordPointer> {
  const pointer = await pointerAt(context, record, block);
  if (pointer.status === "registered") return pointer;
  throw new RpcError(new TypeError("The node answered that a record which it decided on is not registered."));
}

type Asked = readonly [grantee: string, record: string, programme: string, purpose: bigint, action: bigint];

function lensOf({ deployment }: Context, asked: Asked): LensQuestion {
  return {
    bytecode: decideRecordLensBytecode,
    args: [deployment.contracts.RecordRegistry.address, ...asked],
  };
}
