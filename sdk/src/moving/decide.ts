import type { Client } from "../client.js";
import type { DecideParams } from "../consents/toRequest.js";
import type { Context } from "../context.js";
import type { DecisionAtBlock } from "../decisions/decision.js";
import { hasMoved } from "./hasMoved.js";
import type { MovingDecision, MovingQuestion } from "./types.js";

/** Both clients, and their contexts. */
export interface Both {
  from: Client;
  to: Client;
  before: Context;
  after: Context;
}

/**
 * Asks the successor; where nothing was said to it, the predecessor, and last of all whether the patient has moved: what was
 * true before the move is not taken for what holds after it.
 */
export async function decide({ from, to, after }: Both, question: MovingQuestion): Promise<MovingDecision> {
  const there = { ...(await ask(to, question)), client: to };
  if (there.decision !== "NoConsent") return there;
  const patient = await patientOf([to, from], question);
  if (patient === undefined) return there;
  const here = await ask(from, question);
  const { blockNumber, blockHash } = here;
  return (await hasMoved(after, patient, { blockNumber, blockHash })) ? there : { ...here, client: from };
}

function ask({ consents, records }: Client, question: MovingQuestion): Promise<DecisionAtBlock> {
  return isOfPatient(question) ? consents.decide(question) : records.decide(question);
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
