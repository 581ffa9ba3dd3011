import type { Context } from "../context.js";
import { InvalidParameterError } from "../errors/input.js";
import type { ScanOptions } from "../logs/readPages.js";
import { logsOf } from "../logs/scan.js";
import { blockOf } from "../reads/blockOf.js";
import { describeScope, EMERGENCY_SCOPE, GENERAL_SCOPE, type Scope } from "../scopes/scope.js";
import { atBlock } from "../transport/blocks.js";
import type { Head, LogFilter, RawLog } from "../transport/types.js";
import { dateOfStamp } from "../values/dates.js";
import { onlyKeys } from "../values/keys.js";
import { inParts, mapInTurns, oneOf } from "../values/lists.js";
import { decodeLogs } from "../writes/events.js";
import { wordFilter } from "./filters.js";
import { type ConsentStatus, deadUntil, isStanding, statusOf } from "./status.js";
import { describeTerms, isTombstone, stampOf, type Terms, withStamp } from "./terms.js";

/** Which consents to list: of a patient, to a grantee, or both. */
export interface ListConsentsParams {
  patient?: string | undefined;
  /** An address or `ANY_PROVIDER`. */
  grantee?: string | undefined;
  /** `live`: what stands, now or from a later time on; `past`: expired, withdrawn, refused; `all` if left out. */
  state?: "live" | "past" | "all" | undefined;
}

/** The present word to a grantee in a scope: the patient's, or in the scope EMERGENCY what break-glass opened. */
export interface ListedConsent {
  patient: string;
  grantee: string;
  scope: Scope;
  /** `withdrawn`: a grant that a wider withdrawal ended; `refused`: a refusal of just this. Only `decide` permits. */
  status: ConsentStatus;
  /** What was granted; undefined for a refusal. */
  terms: Terms | undefined;
  /** When it was said, to the millisecond. */
  statedAt: Date;
  /** Hash of the transaction that wrote it last. */
  transaction: string;
}

/** A word as the chain holds it, and where it stands. */
interface Found {
  patient: string;
  grantee: string;
  scope: string;
  word: bigint;
  transaction: string;
}

/** A word as the chain holds it, and what has become of it. */
export interface PresentWord extends Found {
  status: ConsentStatus;
}

/** What the events say, of those that are there. */
interface Args {
  patient: string;
  grantee: string;
  provider: string | undefined;
  scope: string | undefined;
  terms: bigint | undefined;
  issuedAt: bigint;
}

/**
 * Lists what a patient said, or what was said to a grantee: the present word of each scope, not the ones before it.
 *
 * @param options at which block; the newest if left out; `onProgress` is told how far the reading has come
 * @returns in the order in which they were written; names and dates
 * @throws InvalidParameterError without patient and grantee
 * @throws InvalidAddressError
 * @example
 * const live = await consentry.consents.list({ patient, state: "live" });
 * console.log(live[0]?.terms?.categories); // ["LABS", "MEDICATIONS"]
 */
export async function list(
  context: Context,
  params: ListConsentsParams,
  options?: ScanOptions,
): Promise<ListedConsent[]> {
  onlyKeys(params, ["patient", "grantee", "state"]);
  const { state = "all" } = params;
  oneOf(["live", "past", "all"], state, "state");
  const { onProgress, ...read } = options ?? {};
  const words = await presentWords(context, params, await blockOf(context, read), onProgress);
  return words.map(describe).filter(({ status }) => state === "all" || isStanding(status) === (state === "live"));
}

/** The present words at a block, in the order in which they were written. */
export async function presentWords(
  context: Context,
  parties: Pick<ListConsentsParams, "patient" | "grantee">,
  head: Head,
  onProgress?: ScanOptions["onProgress"],
): Promise<PresentWord[]> {
  const filters = [filterOf(context, parties)];
  const at = atBlock(head);
  const { fromBlock } = context.deployment;
  const logs = await logsOf(context.transport, { filters, fromBlock, head, onProgress });
  const found: Found[] = [];
  for await (const part of inParts(lastLogs(context, logs))) found.push(...wordsIn(context, part));
  const patients = [...new Set(found.map(({ patient }) => patient))];
  const voided = await mapInTurns(patients, (patient) => context.consents.voidBeforeOf(patient, at));
  const voidBefore = new Map(patients.map((patient, i) => [patient, voided[i] ?? 0n]));
  const generals = new Map(found.map((each) => [placeOf(each), each.word]));
  return found.map((each) => {
    const general = generals.get(placeOf({ ...each, scope: GENERAL_SCOPE }));
    const dead = deadUntil(each.scope, general ?? 0n, voidBefore.get(each.patient) ?? 0n);
    return { ...each, status: statusOf(each.word, dead, BigInt(head.timestamp)) };
  });
}

function filterOf(context: Context, { patient, grantee }: ListConsentsParams): LogFilter {
  if (patient === undefined && grantee === undefined) {
    throw new InvalidParameterError("patient", "given, or else grantee");
  }
  return wordFilter(context, { patient, grantee });
}

/** The last log of each patient, grantee and scope, told by its topics: not all need to be decoded. */
function lastLogs({ consents, deployment }: Context, logs: readonly RawLog[]): RawLog[] {
  const { address } = deployment.contracts.ConsentRegistry;
  const broken = consents.interface.getEvent("GlassBroken").topicHash;
  const last = new Map<string, RawLog>();
  for (const log of logs) {
    if (log.address.toLowerCase() !== address.toLowerCase()) continue;
    const [event, patient, grantee, scope = event === broken ? EMERGENCY_SCOPE : GENERAL_SCOPE] = log.topics;
    const key = [patient, grantee, scope].join();
    last.delete(key);
    last.set(key, log);
  }
  return [...last.values()];
}

/** The events tell the words in full: nothing else needs to be read. */
function wordsIn({ consents, deployment }: Context, logs: readonly RawLog[]): Found[] {
  return decodeLogs(consents.interface, deployment.contracts.ConsentRegistry.address, logs).map((log) => {
    const { patient, grantee, provider = grantee, ...said } = log.args as unknown as Args;
    const scope = said.scope ?? (log.name === "GlassBroken" ? EMERGENCY_SCOPE : GENERAL_SCOPE);
    const word = said.terms ?? withStamp(0n, said.issuedAt);
    return { patient, grantee: provider, scope, word, transaction: log.position.transaction };
  });
}

function describe({ patient, grantee, scope, word, status, transaction }: PresentWord): ListedConsent {
  return {
    patient,
    grantee,
    scope: describeScope(scope),
    status,
    terms: isTombstone(word) ? undefined : describeTerms(word),
    statedAt: dateOfStamp(stampOf(word)),
    transaction,
  };
}

function placeOf({ patient, grantee, scope }: Pick<Found, "patient" | "grantee" | "scope">): string {
  return [patient, grantee, scope].join();
}
