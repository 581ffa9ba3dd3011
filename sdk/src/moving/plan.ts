import { toBeHex, ZeroHash } from "ethers";
import { type ConsentGranted, consentEvents } from "../consents/events.js";
import { consentFilters } from "../consents/filters.js";
import { type PresentWord, presentWords } from "../consents/list.js";
import { isStanding } from "../consents/status.js";
import { describeTerms } from "../consents/terms.js";
import type { Context } from "../context.js";
import { DocumentAlteredError } from "../errors/documents.js";
import { evidenceOf } from "../fhir/documents/documentHash.js";
import { logsOf } from "../logs/scan.js";
import { namedBy, officeAt } from "../patients/guardianship.js";
import { representatives } from "../patients/representatives.js";
import { blockOf } from "../reads/blockOf.js";
import { describeScope, EMERGENCY_SCOPE } from "../scopes/scope.js";
import { atBlock } from "../transport/blocks.js";
import type { Head } from "../transport/types.js";
import { toParty } from "../values/address.js";
import { mapInTurns } from "../values/lists.js";
import type { Both } from "./decide.js";
import { hasMovedAt } from "./hasMoved.js";
import type { CarriedConsent, MovingPlan, PlanOptions } from "./types.js";

/** Reads what a patient would say again. */
export async function plan({ before, after }: Both, whose: string, options: PlanOptions = {}): Promise<MovingPlan> {
  const patient = toParty(whose, "patient");
  const here = await blockOf(before);
  const there = await blockOf(after, { atLeast: { blockNumber: here.number, blockHash: here.hash } });
  const words = await wordsToCarry({ before, after }, patient, here, there);
  const consents = await consentsIn(
    before,
    patient,
    words.filter(({ status }) => isStanding(status)),
    here,
    options,
  );
  return {
    patient,
    hasMoved: await hasMovedAt(after, patient, there),
    blockNumber: here.number,
    refusals: words
      .filter(({ status }) => status === "refused")
      .map(({ grantee, scope }) => ({ grantee, scope: describeScope(scope) })),
    consents: consents.filter((each) => !isLeft(each)),
    representatives: await appointed({ before, after }, patient),
    guardians: await guardiansAt(before, patient, here),
    left: consents.filter(isLeft),
  };
}

type Contexts = Pick<Both, "before" | "after">;

/** The words of the predecessor to everybody to whom nothing was said in the successor. Broken glass the successor knows. */
async function wordsToCarry(
  { before, after }: Contexts,
  patient: string,
  here: Head,
  there: Head,
): Promise<PresentWord[]> {
  const voidBefore = await after.consents.voidBeforeOf(patient, atBlock(there));
  if (voidBefore !== 0n) return [];
  const said = await presentWords(after, { patient }, there);
  const heard = new Set(said.filter(({ scope }) => scope !== EMERGENCY_SCOPE).map(({ grantee }) => grantee));
  const words = await presentWords(before, { patient }, here);
  return words.filter(({ grantee, scope }) => scope !== EMERGENCY_SCOPE && !heard.has(grantee));
}

async function consentsIn(
  context: Context,
  patient: string,
  words: readonly PresentWord[],
  head: Head,
  { documentOf }: PlanOptions,
): Promise<CarriedConsent[]> {
  if (words.length === 0) return [];
  const { fromBlock } = context.deployment;
  const logs = await logsOf(context.transport, { filters: consentFilters(context, { patient }), fromBlock, head });
  const granted = consentEvents(context, logs).filter((event) => event.type === "ConsentGranted");
  return mapInTurns(words, async ({ grantee, scope, word }) => {
    const evidence = evidenceIn(granted, grantee, scope);
    const document = evidence === undefined ? undefined : await provenDocument(evidence, documentOf);
    return { grantee, scope: describeScope(scope), terms: describeTerms(word), word: toBeHex(word, 32), document };
  });
}

function evidenceIn(granted: readonly ConsentGranted[], grantee: string, scope: string): string | undefined {
  const said = granted.findLast((event) => event.grantee === grantee && event.scope.id === scope);
  return said === undefined || said.evidence === ZeroHash ? undefined : said.evidence;
}

/** The hash of the document that the evidence was made of. A sentence alone has the zero hash: that is no document. */
async function provenDocument(evidence: string, documentOf: PlanOptions["documentOf"]): Promise<string | undefined> {
  const found = await documentOf?.(evidence);
  if (found === undefined) return undefined;
  if (evidenceOf(found) !== evidence) {
    throw new DocumentAlteredError(evidence, "Sentence and document hash do not make this evidence.");
  }
  return found.document === ZeroHash ? undefined : found.document;
}

/** A conditional consent can't be given without its document. */
function isLeft({ terms, document }: CarriedConsent): boolean {
  return terms.conditional && document === undefined;
}

async function appointed({ before, after }: Contexts, patient: string): Promise<MovingPlan["representatives"]> {
  const said = new Set((await representatives(after, patient)).map(({ representative }) => representative));
  const all = await representatives(before, patient);
  return all.flatMap(({ representative, status, from, until }) => {
    const stands = (status === "live" || status === "upcoming") && until !== undefined && !said.has(representative);
    return stands ? [{ representative, from, until }] : [];
  });
}

/** Those who were named last: if they are not in office yet, they wait anew. */
async function guardiansAt({ consents }: Context, patient: string, head: Head): Promise<MovingPlan["guardians"]> {
  const { present, next } = officeAt(await consents.guardiansOf(patient, atBlock(head)), BigInt(head.timestamp));
  const { commitment, delay } = next ?? present;
  const named = namedBy(commitment);
  return named === undefined ? undefined : { commitment: named, delay: Number(delay) };
}
