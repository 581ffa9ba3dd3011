import type { Client } from "../client.js";
import type { Category } from "../codes/types.js";
import type { Decision } from "../decisions/decision.js";
import { AccessRefusedError } from "../errors/server.js";
import { labelsOf } from "../fhir/labelsOf.js";
import type { Moving, MovingQuestion } from "../moving/types.js";
import type { GuardedAccess, GuardOptions } from "./types.js";

/** Through what a guard decides: a client, or two while patients move from one deployment to the next. */
export type Through = GuardOptions<never>["consentry"];

/** Throws unless the asker's member may read for it: who may not is no business of the log. */
export async function requireMember(consentry: Through, { grantee, member }: GuardedAccess): Promise<void> {
  if (member === undefined) return;
  const { providers } = "to" in consentry ? consentry.to : consentry;
  if (await providers.actsFor({ organization: grantee, member, ability: "read" })) return;
  throw new AccessRefusedError(`${member} may not read for ${grantee}.`);
}

/** Decides on each record and logs it, permitted or refused; throws unless all are permitted and logged. */
export async function accessRecords(consentry: Through, asked: GuardedAccess): Promise<void> {
  await settled(asked.records.map((record) => access(consentry, asked, { record })));
}

/** Decides on a FHIR resource of the patient by its labels, and logs it; throws unless it is permitted and logged. */
export async function accessResource(consentry: Through, asked: GuardedAccess, body: Uint8Array): Promise<void> {
  const { patient = "" } = asked;
  const { categories } = labelsOf(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)));
  await access(consentry, asked, { patient, categories });
}

/** Decides on each record again, at the newest block, without logging; throws unless all are still permitted. */
export async function confirmRecords(consentry: Through, asked: GuardedAccess): Promise<void> {
  const { grantee, purpose, action, programme } = asked;
  await settled(
    asked.records.map(async (record) => {
      const question = { grantee, record, purpose, action, programme };
      requirePermit(asked, await ("to" in consentry ? consentry : consentry.records).decide(question));
    }),
  );
}

type Target = { record: string } | { patient: string; categories: readonly Category[] };

async function access(consentry: Through, asked: GuardedAccess, target: Target): Promise<void> {
  const { grantee, purpose, action, programme } = asked;
  const question = { ...target, purpose, action, programme };
  const client = "to" in consentry ? await consentry.clientFor({ ...question, grantee }) : consentry;
  requirePermit(asked, await client.audit.access({ ...question, onBehalfOf: grantee }));
  if ("to" in consentry) requirePermit(asked, await decideThrough(consentry, client, { ...question, grantee }));
}

/** What counts of both deployments, which each knows only in part; the one that has logged must still be the one that counts. */
async function decideThrough(
  moving: Pick<Moving, "decide">,
  client: Client,
  question: MovingQuestion,
): Promise<Decision> {
  const decision = await moving.decide(question);
  if (decision.client === client) return decision;
  throw new AccessRefusedError("Another deployment counts for the patient since it was logged.");
}

/** A member must not see a patient's records because the organization's key is that patient's. */
function requirePermit({ grantee, member = grantee }: GuardedAccess, { permitted, decision, reason }: Decision): void {
  if (permitted && (decision !== "PermitSelf" || member === grantee)) return;
  throw new AccessRefusedError(reason, decision);
}

/** Waits for all, so that none is left under way; throws the first failure. */
async function settled(promises: readonly Promise<unknown>[]): Promise<void> {
  await Promise.allSettled(promises);
  await Promise.all(promises);
}
