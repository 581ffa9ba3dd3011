import type { Context } from "../context.js";
import {
  type Decision,
  type DecisionPosition,
  describeAt,
  describeAtBlock,
  outcomeIn,
  type RawOutcome,
} from "../decisions/decision.js";
import { DECISIONS } from "../decisions/names.js";
import { fieldsOf, type Question } from "../decisions/hearing.js";
import { ConsentryError } from "../errors/base.js";
import { RpcError } from "../errors/chain.js";
import { blockOf, type ReadBlock } from "../reads/blockOf.js";
import type { ReadOptions } from "../reads/options.js";
import { mapInTurns, toList } from "../values/lists.js";
import { toWords, wordsIn } from "../values/words.js";
import { type DecideParams, toRequest } from "./toRequest.js";

/** A question that could not be asked; like every failure it permits nothing. */
export interface FailedDecision {
  permitted: false;
  error: ConsentryError;
}

/** A decision of {@link decideMany}, with its block. */
export interface ManyDecision extends Decision, DecisionPosition {
  error?: undefined;
}

/** A block younger than this, in milliseconds, is the present: a chain that is not idle makes the next one soon. */
const FRESH = 10_000;

/** Where a list begins that is all there is. */
const LIST = 32n;
const OUTCOME_WORDS = 3;

/** As many as a node answers in one call. */
const MOST_AT_ONCE = 1_000;

/**
 * Decides many questions in one call to the node, all at the same block.
 *
 * Where the newest block is older than ten seconds, the consents behind permits are looked up, to see whether they ended
 * since.
 *
 * @param params as of `decide`
 * @param options at which block; the newest if left out
 * @returns in the same order: a decision, or `{ permitted: false, error }` for a question that is malformed
 * @throws InvalidParameterError if it is no list
 * @throws NetworkError, TimeoutError, RpcError if the node does not answer: take it as a refusal of all
 * @example
 * const decisions = await consentry.consents.decideMany(patients.map((patient) => ({ ...question, patient })));
 * const allowed = patients.filter((_, i) => decisions[i]?.permitted);
 */
export async function decideMany(
  context: Context,
  params: readonly DecideParams[],
  options?: ReadOptions,
): Promise<(ManyDecision | FailedDecision)[]> {
  const items = toList(params, "params").map(requestOrError);
  const requests = items.filter((item): item is Question => !(item instanceof ConsentryError));
  const block = await blockOf(context, options);
  const decisions: ManyDecision[] = [];
  for (let first = 0; first < requests.length; first += MOST_AT_ONCE) {
    const some = requests.slice(first, first + MOST_AT_ONCE);
    const outcomes = await ask(context, some, block);
    const described = outcomes.map((outcome, i) => ({ outcome, patient: String(some[i]?.patient) }));
    decisions.push(
      ...(await mapInTurns(described, ({ outcome, patient }) => describe(context, outcome, patient, block))),
    );
  }
  const next = decisions.values();
  return items.map((item) => {
    if (item instanceof ConsentryError) return { permitted: false, error: item };
    return next.next().value ?? { permitted: false, error: new RpcError() };
  });
}

/** In words of their own: ethers' coder would take ten times as long as the node. */
async function ask(context: Context, questions: readonly Question[], block: ReadBlock): Promise<RawOutcome[]> {
  const { ConsentRegistry } = context.deployment.contracts;
  const fields = questions.flatMap(fieldsOf);
  const { selector } = context.consents.getFunction("decideMany").fragment;
  const data = selector + toWords(LIST, BigInt(questions.length), ...fields);
  const [list, length, ...words] = wordsIn(await context.transport.read({ to: ConsentRegistry.address, data }, block));
  const expected = toWords(LIST, BigInt(questions.length));
  if (toWords(list ?? "0x", length ?? "0x") !== expected || words.length !== questions.length * OUTCOME_WORDS) {
    throw new RpcError(new TypeError("The contract answered another number of questions than were asked."));
  }
  return questions.map((_, i) => outcomeIn(words.slice(i * OUTCOME_WORDS, (i + 1) * OUTCOME_WORDS)));
}

/** What ended since the newest block is known from the word alone; where blocks are made all the time, nothing did. */
async function describe(
  context: Context,
  outcome: RawOutcome,
  patient: string,
  block: ReadBlock,
): Promise<Decision & DecisionPosition> {
  const since = (block.past?.getTime() ?? Date.now()) - block.timestamp * 1000;
  if (since < FRESH) return describeAt(outcome, block);
  const { decision } = await describeAtBlock(context, outcome, patient, block);
  return describeAt({ ...outcome, decision: BigInt(DECISIONS.indexOf(decision)) }, block);
}

function requestOrError(params: DecideParams): Question | ConsentryError {
  try {
    return toRequest(params);
  } catch (error) {
    if (error instanceof ConsentryError) return error;
    throw error;
  }
}
