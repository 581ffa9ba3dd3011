import { consentEvents } from "../consents/events.js";
import { wordFilter } from "../consents/filters.js";
import type { PurposeAndAction } from "../consents/toRequest.js";
import type { Context } from "../context.js";
import type { DecisionAtBlock } from "../decisions/decision.js";
import { NoDocumentsError } from "../errors/documents.js";
import { logsOf } from "../logs/scan.js";
import type { ReadBlock } from "../reads/blockOf.js";
import type { ConditionalPermit, Documents, Narrow, Narrowed } from "./types.js";

/** Whose data, and what they are. */
type Data = Pick<ConditionalPermit, "patient" | "categories">;

/** What was asked, as it was asked. */
interface Asked extends PurposeAndAction {
  grantee: string;
  /** Of a record it is looked up. */
  data: Data | (() => Promise<Data>);
}

/** A decision; one that is conditional with the way to narrow it. */
export function withNarrow(
  context: Context,
  asked: Asked,
  decision: DecisionAtBlock,
  block: ReadBlock,
): DecisionAtBlock {
  const { conditional, holder, scope } = decision;
  if (!conditional || holder === undefined || scope === undefined) return decision;
  const { grantee, purpose, action, programme } = asked;
  const narrow: Narrow = async (resources, circumstances = {}) => {
    const documents = requireDocuments(context);
    const { patient, categories } = typeof asked.data === "function" ? await asked.data() : asked.data;
    const evidence = await evidenceFor(context, { patient, holder, scope: scope.id }, block);
    const { chainId } = context.deployment;
    const permit = { chainId, patient, categories, grantee, purpose, action, programme, evidence, at: block.past };
    const narrowed = await documents.narrow(permit, resources, circumstances);
    return decision.historical ? refused(narrowed) : narrowed;
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
  place: { patient: string; holder: string; scope: string },
  head: ReadBlock,
): Promise<string | undefined> {
  const filters = [wordFilter(context, { patient: place.patient, grantee: place.holder })];
  const logs = await logsOf(context.transport, { filters, fromBlock: context.deployment.fromBlock, head });
  const said = consentEvents(context, logs).findLast((event) => {
    return event.type === "ConsentGranted" && event.scope.id === place.scope;
  });
  return said?.type === "ConsentGranted" ? said.evidence : undefined;
}

/** What was permitted in the past is not permitted now. */
function refused<Resource extends object>(narrowed: Narrowed<Resource>): Narrowed<Resource> {
  return { ...narrowed, permitted: false, released: [] };
}
