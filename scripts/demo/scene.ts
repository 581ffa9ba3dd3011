import type { AccessParams, AccessResult } from "@consentry/sdk";
import type { MemoryDocumentStore } from "@consentry/sdk/fhir";
import type { Actor, Cast } from "./cast.js";
import type { Narrator } from "./narrator.js";

/** What every chapter is told with. */
export interface Scene {
  narrator: Narrator;
  cast: Cast;
  /** Below it are the hospital's files. */
  folder: string;
  /** The signed documents, which the hospital keeps. */
  documents: MemoryDocumentStore;
  /** The transactions of all accesses that were asked for, in their order. */
  asked: string[];
}

/** A year from now, the whole day included. */
export const LAST_DAY = new Date(Date.now() + 365 * 24 * 3600 * 1000).toISOString().slice(0, 10);

/** What the patient lets the clinic see. */
export const GRANTED = ["LABS", "MEDICATIONS"] as const;

/** Asks for access, which is logged whatever the answer is. */
export async function ask({ narrator, asked }: Scene, actor: Actor, params: AccessParams): Promise<AccessResult> {
  const answer = narrator.spent(await actor.consentry.audit.access(params));
  asked.push(answer.hash);
  return answer;
}

/** What an attempt fails with; undefined if it succeeds. */
export async function failureOf(attempt: Promise<unknown>): Promise<unknown> {
  return attempt.then(
    () => undefined,
    (error: unknown) => error,
  );
}
