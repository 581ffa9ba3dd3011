import type { Client } from "../client.js";
import type { DecideParams } from "../consents/toRequest.js";
import type { Context } from "../context.js";
import type { DecisionAtBlock } from "../decisions/decision.js";
import type { Narrow } from "../documents/types.js";
import { blockOf } from "../reads/blockOf.js";
import type { ReadOptions } from "../reads/options.js";
import { atBlock } from "../transport/blocks.js";
import { hasMoved } from "./hasMoved.js";
import type { MovingDecision, MovingQuestion } from "./types.js";

/** Both clients, and their contexts. */
export interface Both {
  from: Client;
  to: Client;
  before: Context;
  after: Context;
}

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

/**
 * Asks the successor; where nothing was said to it, the predecessor, and then the successor again: what was true before the
 * patient said something there is not taken for what holds after it.
 */
async function decideOnce(both: Both, question: MovingQuestion): Promise<MovingDecision> {
  const { from, to } = both;
  const there = { ...(await ask(to, question)), client: to };
  if (there.decision !== "NoConsent") return there;
  const patient = await patientOf([to, from], question);
  if (patient === undefined) return there;
  const here = await ask(from, question);
  const { blockNumber, blockHash } = here;
  const options = { atLeast: { blockNumber, blockHash } };
  const again = { ...(await ask(to, question, options)), client: to };
  if (again.decision !== "NoConsent" || (await hasMoved(both.after, patient, options.atLeast))) return again;
  if (here.decision === "PermitEmergency" && (await excludesMore(both, patient, options))) return again;
  return { ...here, client: from };
}

/** Whether the patient keeps more from break-glass in the successor. */
async function excludesMore({ before, after }: Both, patient: string, options: ReadOptions): Promise<boolean> {
  const [there, here] = await Promise.all(
    [after, before].map(async (context) => {
      return context.consents.exclusionsOf(patient, atBlock(await blockOf(context, options)));
    }),
  );
  return there === undefined || here === undefined || (there.categories & ~here.categories) !== 0n;
}

function ask({ consents, records }: Client, question: MovingQuestion, options?: ReadOptions): Promise<DecisionAtBlock> {
  return isOfPatient(question) ? consents.decide(question, options) : records.decide(question, options);
}

/** Whose data are asked for; undefined if the record is not registered anywhere. */
async function patientOf(clients: readonly Client[], question: MovingQuestion): Promise<string | undefined> {
  if (isOfPatient(question)) return question.patient;
  for (const { records } of clients) {
    const pointer = await records.get(question.record);
    if (pointer.status === "registered") return pointer.patient;
  }
  return undefined;
}

function isOfPatient(question: MovingQuestion): question is DecideParams {
  return "patient" in question;
}
