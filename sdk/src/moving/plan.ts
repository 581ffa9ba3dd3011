import { toBeHex, ZeroHash } from "ethers";
import { type ConsentGranted, consentEvents } from "../consents/events.js";
import { consentFilters } from "../consents/filters.js";
import { type PresentWord, presentWords } from "../consents/list.js";
import { deadUntil, isStanding } from "../consents/status.js";
import { describeTerms, stampOf } from "../consents/terms.js";
import type { Context } from "../context.js";
import { RpcError } from "../errors/chain.js";
import { DocumentAlteredError } from "../errors/documents.js";
import { evidenceOf } from "../fhir/documents/documentHash.js";
import { logsOf } from "../logs/scan.js";
import { namedBy, officeAt } from "../patients/guardianship.js";
import { representatives } from "../patients/representatives.js";
import { blockOf } from "../reads/blockOf.js";
import { describeScope, EMERGENCY_SCOPE, GENERAL_SCOPE } from "../scopes/scope.js";
import { atBlock } from "../transport/blocks.js";
import type { Head } from "../transport/types.js";
import { toParty } from "../values/address.js";
import { mapInTurns } from "../values/lists.js";
import type { Both } from "./decide.js";
import { hasMovedAt } from "./hasMoved.js";
import type { CarriedConsent, CarriedRefusal, MovingPlan, PlanOptions } from "./types.js";

/** Reads what a patient would say again. */
export async function plan({ before, after }: Both, whose: string, options: PlanOptions = {}): Promise<MovingPlan> {
  const patient = toParty(whose, "patient");
  const here = await blockOf(before);
  const there = await blockOf(after, { atLeast: { blockNumber: here.number, blockHash: here.hash } });
  const { words, refusals } = await wordsToCarry({ before, after }, patient, here, there);
  const consents = await consentsIn(before, patient, words, here, options);
  return {
    patient,
    hasMoved: await hasMovedAt(after, patient, there),
    blockNumber: here.number,
    refusals,
    consents,
    representatives: await appointed({ before, after }, patient),
    guardians: await guardiansAt(before, patient, here),
  };
}

type Contexts = Pick<Both, "before" | "after">;

/** What there is to be said again. Broken glass the successor knows. */
interface ToCarry {
  words: PresentWord[];
  refusals: CarriedRefusal[];
}

/**
 * What stands in the predecessor, unless something newer in the successor took its place or ended it, as it would have in one
 * registry. A consent does not end a narrower refusal, nor does a withdrawal of everything.
 */
export async function wordsToCarry(
  { before, after }: Contexts,
  patient: string,
  here: Head,
  there: Head,
): Promise<ToCarry> {
  const voidBefore = await after.consents.voidBeforeOf(patient, atBlock(there));
  const said = (await presentWords(after, { patient }, there)).filter(isSaid);
  const all = (await presentWords(before, { patient }, here)).filter(isSaid);
  const stand = all.filter((word) => !said.some((other) => isSamePlace(other, word) && !isNewer(word, other)));
  const words = stand.filter((word) => {
    const general = said.find((other) => other.grantee === word.grantee && other.scope === GENERAL_SCOPE);
    return isStanding(word.status) && stampOf(word.word) > deadUntil(word.scope, general?.word ?? 0n, voidBefore);
  });
  const refusals = stand.filter(({ status }) => status === "refused");
  return { words, refusals: refusals.map((refusal) => carried(refusal, [...said, ...words])) };
}

function isSaid({ scope }: PresentWord): boolean {
  return scope !== EMERGENCY_SCOPE;
}

function isSamePlace(one: PresentWord, other: PresentWord): boolean {
  return one.grantee === other.grantee && one.scope === other.scope;
}

function isNewer(one: PresentWord, other: PresentWord): boolean {
  return stampOf(one.word) > stampOf(other.word);
}

/** Said now, a refusal of everything would end what was said to the same grantee since: it keeps its own time. */
function carried(refusal: PresentWord, others: readonly PresentWord[]): CarriedRefusal {
  const { grantee, scope, word } = refusal;
  const isBefore = others.some((each) => each.grantee === grantee && isNewer(each, refusal));
  const issuedAt = scope === GENERAL_SCOPE && isBefore ? String(stampOf(word)) : undefined;
  return { grantee, scope: describeScope(scope), issuedAt };
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
    const terms = describeTerms(word);
    const consent = { grantee, scope: describeScope(scope), terms, word: toBeHex(word, 32), document };
    return terms.conditional && document === undefined ? closed(consent, evidence) : { ...consent, isClosed: false };
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

/** With the evidence in the place of a document: conditional as before, and nobody has a document of that hash. */
function closed(consent: Omit<CarriedConsent, "isClosed">, evidence: string | undefined): CarriedConsent {
  if (evidence !== undefined) return { ...consent, document: evidence, isClosed: true };
  throw new RpcError(new TypeError("The node has no log of a conditional consent that stands."));
}

/** Those whom nothing that was said to the successor is about. */
export async function appointed({ before, after }: Contexts, patient: string): Promise<MovingPlan["representatives"]> {
  const said = new Set((await representatives(after, patient)).map(({ representative }) => representative));
  const all = await representatives(before, patient);
  return all.flatMap(({ representative, status, from, until }) => {
    const stands = (status === "live" || status === "upcoming") && until !== undefined && !said.has(representative);
    return stands ? [{ representative, from, until }] : [];
  });
}

/** Those who were named last: if they are not in office yet, they wait anew. */
export async function guardiansAt(
  { consents }: Context,
  patient: string,
  head: Head,
): Promise<MovingPlan["guardians"]> {
  const { present, next } = officeAt(await consents.guardiansOf(patient, atBlock(head)), BigInt(head.timestamp));
  const { commitment, delay } = next ?? present;
  const named = namedBy(commitment);
  return named === undefined ? undefined : { commitment: named, delay: Number(delay) };
}
