import { categoriesFromBits } from "../codes/categories.js";
import type { Context } from "../context.js";
import { describeAtBlock, describeWith, type DecisionAtBlock } from "../decisions/decision.js";
import { fieldsOf, type Question } from "../decisions/hearing.js";
import { decideLensBytecode } from "../generated/abis.js";
import { blockOf } from "../reads/blockOf.js";
import { type LensQuestion, throughLens } from "../reads/lens.js";
import { type Decided, withNarrow } from "../documents/narrowing.js";
import type { ReadOptions } from "../reads/options.js";
import { atBlock } from "../transport/blocks.js";
import { type DecideParams, toRequest } from "./toRequest.js";

/**
 * Decides whether a grantee may do something with data of a patient.
 *
 * A permit by category allows a search; to release a record ask `records.decide`, which knows its labels.
 *
 * @param params names or HL7 codes; `action` is `access` if left out
 * @param options at which block; the newest if left out
 * @returns the decision, what it rests on, and its block; `permitted` is true for an unconditional permit of the present only
 * @throws UnknownCodeError, InvalidAddressError, InvalidParameterError, InvalidRecordIdError before anything is asked
 * @throws NetworkError, TimeoutError if the node does not answer: take it as a refusal
 * @example
 * const decision = await consentry.consents.decide({ patient, grantee, categories: ["LABS"], purpose: "TREAT" });
 * if (!decision.permitted) console.log(decision.reason, decision.explanation);
 */
export async function decide(context: Context, params: DecideParams, options?: ReadOptions): Promise<DecisionAtBlock> {
  const request = toRequest(params);
  const { patient, grantee } = request;
  const { purpose, action, programme } = params;
  const data = { patient, categories: categoriesFromBits(request.categories) };
  const asked = { grantee, data, purpose, action, programme };
  return withNarrow(context, asked, () => answer(context, request, options));
}

async function answer(context: Context, request: Question, options: ReadOptions | undefined): Promise<Decided> {
  const seen = await throughLens(context, lensOf(context, request), options);
  if (seen !== undefined) {
    const { outcome, word, block } = seen;
    return { decision: describeWith(outcome, word, block), block };
  }
  const block = await blockOf(context, options);
  const [decision, holder, scope] = await context.consents.decide(request, atBlock(block));
  return { decision: await describeAtBlock(context, { decision, holder, scope }, request.patient, block), block };
}

function lensOf({ deployment }: Context, request: Question): LensQuestion {
  const args = [deployment.contracts.ConsentRegistry.address, ...fieldsOf(request)];
  return { bytecode: decideLensBytecode, args };
}
