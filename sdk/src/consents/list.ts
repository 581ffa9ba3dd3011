import type { Context } from "../context.js";
import { InvalidParameterError } from "../errors/input.js";
import type { ScanOptions } from "../logs/readPages.js";
import { logsOf } from "../logs/scan.js";
import { blockOf } from "../reads/blockOf.js";
import { describeScope, GENERAL_SCOPE, type Scope } from "../scopes/scope.js";
import { atBlock } from "../transport/blocks.js";
import type { Head, LogFilter, RawLog } from "../transport/types.js";
import { onlyKeys } from "../values/keys.js";
import { mapInTurns, oneOf } from "../values/lists.js";
import { consentEvents, type WordEvent } from "./events.js";
import { wordFilter } from "./filters.js";
import { type ConsentStatus, deadUntil, isStanding, statusOf } from "./status.js";
import { describeTerms, isTombstone, stampOf, type Terms } from "./terms.js";

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

type Found = WordEvent & { word: bigint };

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
  const filters = [filterOf(context, params)];
  const head = await blockOf(context, read);
  const at = atBlock(head);
  const { fromBlock } = context.deployment;
  const said = lastWords(context, await logsOf(context.transport, { filters, fromBlock, head, onProgress }));
  const found = await mapInTurns(said, async (event) => {
    const word = await context.consents.termsOf(event.patient, event.grantee, event.scope.id, at);
    return { ...event, word };
  });
  const patients = [...new Set(found.map(({ patient }) => patient))];
  const voided = await mapInTurns(patients, (patient) => context.consents.voidBeforeOf(patient, at));
  const voidBefore = new Map(patients.map((patient, i) => [patient, voided[i] ?? 0n]));
  const listed = found.map((each) => describe(each, found, voidBefore.get(each.patient) ?? 0n, head));
  return listed.filter(({ status }) => state === "all" || isStanding(status) === (state === "live"));
}

function filterOf(context: Context, { patient, grantee }: ListConsentsParams): LogFilter {
  if (patient === undefined && grantee === undefined) {
    throw new InvalidParameterError("patient", "given, or else grantee");
  }
  return wordFilter(context, { patient, grantee });
}

/** The last event of each patient, grantee and scope. */
function lastWords(context: Context, logs: readonly RawLog[]): WordEvent[] {
  const said = consentEvents(context, logs).filter((event) => event.type !== "AllRevoked");
  const last = new Map<string, WordEvent>();
  for (const event of said) {
    const key = [event.patient, event.grantee, event.scope.id].join();
    last.delete(key);
    last.set(key, event);
  }
  return [...last.values()];
}

function describe(each: Found, all: readonly Found[], voidBefore: bigint, head: Head): ListedConsent {
  const { patient, grantee, scope, transaction, word } = each;
  const dead = deadUntil(scope.id, generalOf(each, all), voidBefore);
  return {
    patient,
    grantee,
    scope: describeScope(scope.id),
    status: statusOf(word, dead, BigInt(head.timestamp)),
    terms: isTombstone(word) ? undefined : describeTerms(word),
    statedAt: new Date(Number(stampOf(word))),
    transaction,
  };
}

/** The patient's GENERAL word to the same grantee, zero if there is none. */
function generalOf({ patient, grantee }: Found, all: readonly Found[]): bigint {
  const general = all.find(
    (other) => other.patient === patient && other.grantee === grantee && other.scope.id === GENERAL_SCOPE,
  );
  return general?.word ?? 0n;
}
