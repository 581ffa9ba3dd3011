import { consentEvents } from "../consents/events.js";
import { wordFilter } from "../consents/filters.js";
import { stampOf } from "../consents/terms.js";
import type { PurposeAndAction } from "../consents/toRequest.js";
import type { Context } from "../context.js";
import type { DecisionAtBlock } from "../decisions/decision.js";
import { NoDocumentsError } from "../errors/documents.js";
import { logsOf } from "../logs/scan.js";
import type { ReadBlock } from "../reads/blockOf.js";
import { atBlock } from "../transport/blocks.js";
import { dateOfStamp } from "../values/dates.js";
import type { ConditionalPermit, Documents, Narrow, Narrowed } from "./types.js";

/** Whose data, and what they are. */
type Data = Pick<ConditionalPermit, "patient" | "categories">;

/** What was asked, as it was asked. */
interface Asked extends PurposeAndAction {
  grantee: string;
  /** Of a record it is looked up. */
  data: Data | ((block: ReadBlock) => Promise<Data>);
}

/** A decision and the block that it was read at. */
export interface Decided {
  decision: DecisionAtBlock;
  block: ReadBlock;
}

/** Decides; a decision that is conditional has the way to narrow it, which decides again: what holds then counts. */
export async function withNarrow(
  context: Context,
  asked: Asked,
  decide: () => Promise<Decided>,
): Promise<DecisionAtBlock> {
  const { decision } = await decide();
  if (!decision.conditional) return decision;
  const narrow: Narrow = async (resources, circumstances = {}) => {
    const documents = requireDocuments(context);
    const { decision: now, block } = await decide();
    const { conditional, holder, scope, historical } = now;
    if (!conditional || holder === undefined || scope === undefined) return changed(now);
    const { grantee, purpose, action, programme } = asked;
    const { patient, categories } = typeof asked.data === "function" ? await asked.data(block) : asked.data;
    const evidence = await evidenceFor(context, { patient, holder, scope: scope.id }, block);
    const { chainId } = context.deployment;
    const permit = { chainId, patient, categories, grantee, purpose, action, programme, evidence, at: block.past };
    const narrowed = await documents.narrow(permit, resources, circumstances);
    return historical ? refused(narrowed) : narrowed;
  };
  return { ...decision, narrow };
}

function requireDocuments({ documents }: Context): Documents {
  if (documents === undefined) throw new NoDocumentsError();
  return documents;
}

/** What the word in a place was granted with: the last grant there, for what is in the place is conditional. */
async function evidenceFor(
  context: Context,
  { patient, holder, scope }: { patient: string; holder: string; scope: string },
  head: ReadBlock,
): Promise<string | undefined> {
  const filters = [wordFilter(context, { patient, grantee: holder })];
  const logs = await logsOf(context.transport, { filters, fromBlock: context.deployment.fromBlock, head });
  const said = consentEvents(context, logs).findLast((event) => {
    return event.type === "ConsentGranted" && event.scope.id === scope;
  });
  if (said?.type !== "ConsentGranted") return undefined;
  // A node that lags, or has lost logs, may know of an older grant only.
  const word = await context.consents.termsOf(patient, holder, scope, atBlock(head));
  return dateOfStamp(stampOf(word)).getTime() === said.statedAt.getTime() ? said.evidence : undefined;
}

/** What is conditional no more. */
function changed({ permitted, reason }: DecisionAtBlock): Narrowed<never> {
  const since = permitted ? "A consent without a document covers it by now: decide again." : reason;
  return { permitted: false, reason: since, released: [], evaluation: undefined };
}

/** What was permitted in the past is not permitted now. */
function refused<Resource extends object>(narrowed: Narrowed<Resource>): Narrowed<Resource> {
  return { ...narrowed, permitted: false, released: [] };
}
