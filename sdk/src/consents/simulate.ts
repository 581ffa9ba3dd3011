import { ZeroAddress } from "ethers";
import type { Context } from "../context.js";
import { circumstancesOf, keyOf, wordsIn } from "../decisions/circumstances.js";
import { type Decision, describeOutcome } from "../decisions/decision.js";
import { type Circumstances, hear, type Question } from "../decisions/hearing.js";
import { type DecisionName, DECISIONS, isPermit } from "../decisions/names.js";
import { afterRevokeAll } from "../decisions/saying.js";
import { blockOf, type ReadBlock } from "../reads/blockOf.js";
import type { ReadOptions } from "../reads/options.js";
import { NO_ID } from "../scopes/ids.js";
import { describeScope, GENERAL_SCOPE, type Scope } from "../scopes/scope.js";
import { atBlock } from "../transport/blocks.js";
import { toDate } from "../values/dates.js";
import { onlyKeys } from "../values/keys.js";
import { nonEmpty } from "../values/lists.js";
import { prepareSaying, type Saying, type SayingInput } from "./saying.js";
import { type ConsentStatus, deadUntil, statusOf } from "./status.js";
import { describeTerms, isTombstone, type Terms } from "./terms.js";
import { type DecideParams, toRequest } from "./toRequest.js";

/** What would be said, and the questions whose answers it may change, as `decide` takes them. */
export type SimulateParams = SayingInput & { questions: readonly DecideParams[] };

/** A word as it stands, or as it would. */
export interface SimulatedWord {
  status: ConsentStatus;
  /** What is granted; undefined for a refusal. */
  terms: Terms | undefined;
}

/** A place where something else would stand. */
export interface SimulatedChange {
  grantee: string;
  scope: Scope;
  /** What would be replaced; undefined if there is nothing yet. */
  before: SimulatedWord | undefined;
  after: SimulatedWord;
}

/** An answer on which nobody may act. */
export interface SimulatedDecision extends Omit<Decision, "permitted"> {
  /** Whether it is an unconditional permit. */
  permits: boolean;
}

/** What would become of the answer to a question. */
export interface SimulatedAnswer {
  question: DecideParams;
  before: SimulatedDecision;
  after: SimulatedDecision;
  /** Whether more or less would be allowed; a permit under conditions is more than a refusal, and less than a permit. */
  effect: "more" | "less" | "same";
}

/** What would change. */
export interface Simulation {
  patient: string;
  /** For which time, later than the block, the answers are: before and after. */
  time: Date;
  /** The block that it starts from. */
  blockNumber: number;
  blockHash: string;
  /** What would stand elsewhere; nothing for `revokeAll`, which ends consents where they stand. */
  changes: SimulatedChange[];
  /** In the order of the questions. */
  answers: SimulatedAnswer[];
}

/** The words of a patient that count, and up to when grants are void. */
type State = Pick<Circumstances, "voidBefore" | "wordOf">;

/**
 * Shows what a grant or a withdrawal would change, without sending it: what it replaces, and what becomes of answers.
 *
 * It is as if it were said directly in the next block. Whether the signer may speak for the patient is not looked at.
 *
 * @param params `grant`, `revoke` or `revokeAll` as these take it, and questions
 * @param options from which block to start; the newest if left out
 * @throws what the write would throw before it is sent, and AlreadyExpiredError, TooSoonError
 * @throws UnknownCodeError, InvalidAddressError, InvalidParameterError, InvalidRecordIdError about the questions
 * @throws NetworkError, TimeoutError, RpcError, ReorganisedError
 * @example
 * const { changes, answers } = await consentry.consents.simulate({ grant: terms, questions: [question] });
 * console.log(changes[0]?.before?.terms?.categories); // ["LABS", "NOTES"]: they would be replaced
 * console.log(answers[0]?.before.decision, answers[0]?.after.decision, answers[0]?.effect); // Permit PermitConditional less
 */
export async function simulate(context: Context, params: SimulateParams, options?: ReadOptions): Promise<Simulation> {
  onlyKeys(params, ["grant", "revoke", "revokeAll", "questions"]);
  const questions = nonEmpty(params.questions, "questions").map((asked) => ({ asked, question: toRequest(asked) }));
  const saying = await prepareSaying(context, params);
  const block = await blockOf(context, options);
  const time = nextTime(block);
  const [before, after] = await statesOf(context, saying, block, time);
  const answers = questions.map(async ({ asked, question }) => {
    const now = await circumstancesOf(context, question, block, time);
    const then = question.patient === saying.patient ? over(now, after) : now;
    return answerOf(asked, decisionOf(question, now), decisionOf(question, then));
  });
  return {
    patient: saying.patient,
    time: toDate(time),
    blockNumber: block.number,
    blockHash: block.hash,
    changes: changesOf(saying, before, after, time),
    answers: await Promise.all(answers),
  };
}

/** When the next block would be, at the earliest. */
function nextTime({ timestamp, past }: ReadBlock): bigint {
  const now = past === undefined ? Math.floor(Date.now() / 1000) : 0;
  return BigInt(Math.max(timestamp + 1, now));
}

/** What counts before and after. */
async function statesOf(context: Context, saying: Saying, block: ReadBlock, time: bigint): Promise<[State, State]> {
  const { patient, words, isRevokeAll } = saying;
  const places = words.flatMap(({ holder, scope }) => [
    { holder, scope },
    { holder, scope: GENERAL_SCOPE },
  ]);
  const stored = await wordsIn(context, patient, places, block);
  const voidBefore = await context.consents.voidBeforeOf(patient, atBlock(block));
  const moment = { time, voidBefore };
  const said = new Map(stored);
  for (const { say, ...place } of words) said.set(keyOf(place), say(said.get(keyOf(place)) ?? 0n, moment));
  const wordIn = (map: ReadonlyMap<string, bigint>) => (holder: string, scope: string) => {
    return map.get(keyOf({ holder, scope })) ?? 0n;
  };
  return [
    { voidBefore, wordOf: wordIn(stored) },
    { voidBefore: isRevokeAll ? afterRevokeAll(moment) : voidBefore, wordOf: wordIn(said) },
  ];
}

/** The same circumstances, but for what is said in between. */
function over(now: Circumstances, { voidBefore, wordOf }: State): Circumstances {
  return { ...now, voidBefore, wordOf: (holder, scope) => wordOf(holder, scope) || now.wordOf(holder, scope) };
}

function changesOf({ words }: Saying, before: State, after: State, time: bigint): SimulatedChange[] {
  return words.map(({ holder, scope }) => ({
    grantee: holder,
    scope: describeScope(scope),
    before: before.wordOf(holder, scope) === 0n ? undefined : wordOf(before, holder, scope, time),
    after: wordOf(after, holder, scope, time),
  }));
}

function wordOf(state: State, holder: string, scope: string, time: bigint): SimulatedWord {
  const word = state.wordOf(holder, scope);
  const dead = deadUntil(scope, state.wordOf(holder, GENERAL_SCOPE), state.voidBefore);
  return { status: statusOf(word, dead, time), terms: isTombstone(word) ? undefined : describeTerms(word) };
}

function decisionOf(question: Question, circumstances: Circumstances): SimulatedDecision {
  const { decision, deciding } = hear(question, circumstances);
  const { holder = ZeroAddress, scope = NO_ID } = deciding ?? {};
  const value = BigInt(DECISIONS.indexOf(decision));
  const { permitted: permits, ...told } = describeOutcome({ decision: value, holder, scope });
  return { ...told, permits };
}

function answerOf(question: DecideParams, before: SimulatedDecision, after: SimulatedDecision): SimulatedAnswer {
  const change = extentOf(after.decision) - extentOf(before.decision);
  return { question, before, after, effect: change === 0 ? "same" : change > 0 ? "more" : "less" };
}

/** How much a decision allows. */
function extentOf(decision: DecisionName): number {
  if (isPermit(decision)) return 2;
  return decision === "PermitConditional" ? 1 : 0;
}
