import type { Client } from "../client.js";
import type { Category } from "../codes/types.js";
import type { Decision } from "../decisions/decision.js";
import { AccessRefusedError } from "../errors/server.js";
import { labelsOf } from "../fhir/labelsOf.js";
import type { GuardedAccess } from "./types.js";

/** Throws unless the asker's member may read for it: who may not is no business of the log. */
export async function requireMember({ providers }: Client, { grantee, member }: GuardedAccess): Promise<void> {
  if (member === undefined) return;
  if (await providers.actsFor({ organization: grantee, member, ability: "read" })) return;
  throw new AccessRefusedError(`${member} may not read for ${grantee}.`);
}

/** Decides on each record and logs it, permitted or refused; throws unless all are permitted and logged. */
export async function accessRecords(consentry: Client, asked: GuardedAccess): Promise<void> {
  await settled(asked.records.map((record) => access(consentry, asked, { record })));
}

/** Decides on a FHIR resource of the patient by its labels, and logs it; throws unless it is permitted and logged. */
export async function accessResource(consentry: Client, asked: GuardedAccess, body: Uint8Array): Promise<void> {
  const { patient = "" } = asked;
  const { categories } = labelsOf(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(body)));
  await access(consentry, asked, { patient, categories });
}

/** Decides on each record again, at the newest block, without logging; throws unless all are still permitted. */
export async function confirmRecords(consentry: Client, asked: GuardedAccess): Promise<void> {
  const { grantee, purpose, action, programme } = asked;
  await settled(
    asked.records.map(async (record) => {
      requirePermit(asked, await consentry.records.decide({ grantee, record, purpose, action, programme }));
    }),
  );
}

type Target = { record: string } | { patient: string; categories: readonly Category[] };

async function access(consentry: Client, asked: GuardedAccess, target: Target): Promise<void> {
  const { grantee, purpose, action, programme } = asked;
  const question = { ...target, purpose, action, programme, onBehalfOf: grantee };
  requirePermit(asked, await consentry.audit.access(question));
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
