import { categoriesToBits } from "../codes/categories.js";
import type { Client } from "../client.js";
import type { DecideParams } from "../consents/toRequest.js";
import type { Context } from "../context.js";
import type { DecisionAtBlock } from "../decisions/decision.js";
import type { Narrow } from "../documents/types.js";
import { blockOf } from "../reads/blockOf.js";
import type { ReadOptions } from "../reads/options.js";
import { atBlock } from "../transport/blocks.js";
import type { Head, Position } from "../transport/types.js";
import { hasMovedAt } from "./hasMoved.js";
import { overrules } from "./overrules.js";
import { successorOf } from "./successor.js";
import type { MovingDecision, MovingQuestion } from "./types.js";

/** Both clients, and their contexts. */
export interface Both {
  from: Client;
  to: Client;
  before: Context;
  after: Context;
}

/** Permits that rest on what was said, or opened, in the successor. */
const RESTING = ["Permit", "PermitConditional", "PermitEmergency"];

/** Decides; what is conditional is decided anew when it is narrowed, as the patient may have moved since. */
export async function decide(both: Both, question: MovingQuestion): Promise<MovingDecision> {
  const decision = await decideOnce(both, question);
  if (decision.narrow === undefined) return decision;
  const narrow: Narrow = async (...given) => {
    const now = await decideOnce(both, question);
    if (now.narrow !== undefined) return now.narrow(...given);
    const reason = now.permitted ? "A consent without a document covers it by now: decide again." : now.reason;
    return { permitted: false, reason, released: [], evaluation: undefined };
  };
  return { ...decision, narrow };
}

/** Asks the successor, and as long as the patient has not moved what the predecessor says to it. */
async function decideOnce(both: Both, question: MovingQuestion): Promise<MovingDecision> {
  const { to } = both;
  const there = { ...(await ask(to, question)), client: to };
  const isPermit = RESTING.includes(there.decision);
  if (!isPermit && there.decision !== "NoConsent") return there;
  const asked = await consentOf(both, question);
  if (asked === undefined) return there;
  return isPermit ? confirmed(both, asked, there) : fromPredecessor(both, question, asked);
}

/** What the successor permits, unless the patient refused it in the predecessor, and has not carried that over by a move. */
async function confirmed(both: Both, asked: DecideParams, there: MovingDecision): Promise<MovingDecision> {
  const { from, before, after } = both;
  const here = await from.consents.decide(asked, { atLeast: positionOf(there) });
  const block = await blockOf(after, { atLeast: positionOf(here) });
  if (await successorOf(after).isSettled(asked.patient, atBlock(block))) return there;
  const isOverruled = await overrules({ before, after }, asked, { here, there });
  return isOverruled ? { ...here, client: from } : there;
}

/**
 * Where nothing was said to the successor, what was said to the predecessor, unless the patient has moved. The successor is
 * asked again, and last: what was true of it before is not taken for what holds now.
 */
async function fromPredecessor(both: Both, question: MovingQuestion, asked: DecideParams): Promise<MovingDecision> {
  const { from, to, after } = both;
  const here = await askPredecessor(both, question, asked);
  const atLeast = positionOf(here);
  const there = { ...(await ask(to, question, { atLeast })), client: to };
  if (there.decision !== "NoConsent") return decideOnce(both, question);
  const block = await blockOf(after, { atLeast });
  if (await hasMovedAt(after, asked.patient, block)) return there;
  if (here.decision === "PermitEmergency" && (await isExcluded(after, asked, block))) return there;
  return { ...here, client: from };
}

/** A record that is registered in the successor has the labels that it has there: it may have got more. */
async function askPredecessor(
  { from, to }: Both,
  question: MovingQuestion,
  asked: DecideParams,
): Promise<DecisionAtBlock> {
  if (isOfPatient(question)) return ask(from, question);
  const { status } = await to.records.get(question.record);
  return status === "registered" ? from.consents.decide(asked) : ask(from, question);
}

/** Whether break-glass never opens some of it, as the successor was told; or the predecessor, where it was not. */
async function isExcluded({ consents }: Context, { patient, categories }: DecideParams, block: Head): Promise<boolean> {
  const [excluded] = await consents.exclusionsOf(patient, atBlock(block));
  return (excluded & categoriesToBits(categories)) !== 0n;
}

function ask({ consents, records }: Client, question: MovingQuestion, options?: ReadOptions): Promise<DecisionAtBlock> {
  return isOfPatient(question) ? consents.decide(question, options) : records.decide(question, options);
}

function positionOf({ blockNumber, blockHash }: DecisionAtBlock): Position {
  return { blockNumber, blockHash };
}

/** The question about the patient's data; undefined if the record is not registered, or was erased in the successor. */
async function consentOf({ to, from }: Both, question: MovingQuestion): Promise<DecideParams | undefined> {
  if (isOfPatient(question)) return question;
  for (const { records } of [to, from]) {
    const { status, ...pointer } = await records.get(question.record);
    if (status === "erased") return undefined;
    if (!("patient" in pointer)) continue;
    const { patient, categories } = pointer;
    return { ...question, patient, categories };
  }
  return undefined;
}

function isOfPatient(question: MovingQuestion): question is DecideParams {
  return "patient" in question;
}
