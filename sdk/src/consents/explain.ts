import { actionsFromBits } from "../codes/actions.js";
import { categoriesFromBits } from "../codes/categories.js";
import { purposesFromBits } from "../codes/purposes.js";
import type { Action, Category, Purpose } from "../codes/types.js";
import type { Context } from "../context.js";
import { circumstancesOf } from "../decisions/circumstances.js";
import { type DecisionAtBlock, describeAtBlock } from "../decisions/decision.js";
import { explanationOf } from "../decisions/explanation.js";
import { hear, type Question, type Reading } from "../decisions/hearing.js";
import type { DecisionName } from "../decisions/names.js";
import { type ListedProvider, providerAt, type UnlistedProvider } from "../providers/get.js";
import { blockOf } from "../reads/blockOf.js";
import type { ReadOptions } from "../reads/options.js";
import { atBlock } from "../transport/blocks.js";
import { type HeardWord, heardWords } from "./heard.js";
import { isTombstone, unpackTerms } from "./terms.js";
import { type DecideParams, toRequest } from "./toRequest.js";

/** What a consent would have to add. Empty for what it covers. */
export interface Missing {
  categories: Category[];
  purposes: Purpose[];
  actions: Action[];
}

/** A decision with all that it rests on; `explanation` tells it in plain words. */
export interface Explanation extends DecisionAtBlock {
  /** The word that decided, or of a refusal the one that came closest to a permit; undefined if none did. */
  word: HeardWord | undefined;
  /** Every word that was heard, in the order of hearing; what comes after the one that decided is not heard. */
  heard: HeardWord[];
  /** What the closest consent lacks, or, if there is none, what one would have to name. */
  missing: Missing;
  /** The grantee's entry in the directory, where that is the reason. */
  provider: ListedProvider | UnlistedProvider | undefined;
}

const NOTHING: Missing = { categories: [], purposes: [], actions: [] };

/**
 * Explains a decision: which consent it rests on, who said it, when and in which transaction; or why not, and what would be
 * needed.
 *
 * @param params as of `decide`
 * @param options at which block; the newest if left out
 * @returns the decision of `decide` for the same block, with the words that were heard
 * @throws UnknownCodeError, InvalidAddressError, InvalidParameterError, InvalidRecordIdError before anything is asked
 * @throws NetworkError, TimeoutError, RpcError, ReorganisedError
 * @example
 * const { decision, explanation, missing } = await consentry.consents.explain(question);
 * console.log(decision, missing.categories); // CategoryNotCovered ["PSY"]
 */
export async function explain(context: Context, params: DecideParams, options?: ReadOptions): Promise<Explanation> {
  const question = toRequest(params);
  const block = await blockOf(context, options);
  const [circumstances, [decision, holder, scope]] = await Promise.all([
    circumstancesOf(context, question, block),
    context.consents.decide(question, atBlock(block)),
  ]);
  const decided = await describeAtBlock(context, { decision, holder, scope }, question.patient, block);
  const { readings } = hear(question, circumstances);
  const heard = await heardWords(context, question, readings, block);
  const index = readings.findIndex((reading) => reading.holder === holder && reading.scope === scope);
  const missing = missingOf(question, decided.decision, readings[index]);
  const inactive = decided.decision === "GranteeNotActive";
  const provider = inactive ? await providerAt(context, question.grantee, block) : undefined;
  const word = heard[index];
  const explanation = explanationOf({ decision: decided.decision, word, missing, provider });
  return { ...decided, explanation, word, heard, missing, provider };
}

function missingOf(question: Question, decision: DecisionName, reading: Reading | undefined): Missing {
  const { categories, purpose, action } = question;
  if (decision === "NoConsent") return named(categories, purpose, action);
  if (!decision.endsWith("NotCovered") || reading === undefined || isTombstone(reading.word)) return NOTHING;
  const terms = unpackTerms(reading.word);
  return named(categories & ~terms.categories, purpose & ~terms.purposes, action & ~terms.actions);
}

function named(categories: bigint, purposes: bigint, actions: bigint): Missing {
  return {
    categories: categoriesFromBits(categories),
    purposes: purposesFromBits(purposes),
    actions: actionsFromBits(actions),
  };
}
