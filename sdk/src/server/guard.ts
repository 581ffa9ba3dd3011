import type { OutgoingHttpHeaders, ServerResponse } from "node:http";
import { AccessRefusedError } from "../errors/server.js";
import { toConsentryError } from "../errors/toConsentryError.js";
import { readAsked } from "./asked.js";
import { accessRecords, accessResource, confirmRecords, requireMember, type Through } from "./decide.js";
import { requireOptions } from "./options.js";
import type { GuardedAccess, GuardOptions } from "./types.js";
import { within } from "../transport/within.js";
import { WithheldResponse } from "./withhold.js";

/** A request as a framework hands it on. */
export interface Guarded<Request> {
  request: Request;
  method: string | undefined;
  response: ServerResponse;
  /** What the framework keeps beside the headers of the response itself. */
  headers?: OutgoingHttpHeaders;
}

/** Whether the handler may run; if not, the response is answered already. Never throws. */
export type Guard<Request> = (guarded: Guarded<Request>) => Promise<boolean>;

const accesses = new WeakMap<object, GuardedAccess>();

/**
 * What the guard permitted for a request. A handler that reads these records, and not what it finds in the URL, can't be made
 * to read others.
 *
 * @param request as the handler got it
 * @returns undefined if no guard let the request through
 * @example
 * const { records: [record] = [] } = accessOf(request) ?? {};
 */
export function accessOf(request: object): GuardedAccess | undefined {
  return accesses.get(request);
}

/** The guard of all frameworks. */
export function createGuard<Request extends object>(given: GuardOptions<Request>): Guard<Request> {
  const options = requireOptions(given);
  const { consentry, timeout } = options;
  return async ({ request, method, response, headers = {} }) => {
    if (response.headersSent) {
      // Somebody has answered already: nothing that follows may be added.
      response.destroy();
      return false;
    }
    let asked: GuardedAccess | undefined;
    const withheld = new WithheldResponse(response, headers, {
      needsBody: options.record === undefined,
      judge: (body) => within(timeout, () => judge(consentry, asked, body)),
      refused: (error) => report(options, error, request),
    });
    try {
      requireRead(options, method);
      asked = await within(timeout, (signal) => admit(options, request, signal));
      accesses.set(request, asked);
      return !response.destroyed;
    } catch (error) {
      withheld.refuse(error);
      return false;
    }
  };
}

/** What has effects is not for a guard of reads: it would be done before, or in spite of, the decision. */
function requireRead<Request>({ record }: GuardOptions<Request>, method: string | undefined): void {
  if (method === "GET" || (method === "HEAD" && record !== undefined)) return;
  throw new AccessRefusedError(`${method ?? "It"} is not guarded: only GET is, and HEAD of a record.`);
}

/** Nothing is logged for a request that was answered meanwhile. */
async function admit<Request>(
  options: GuardOptions<Request>,
  request: Request,
  signal: AbortSignal,
): Promise<GuardedAccess> {
  const asked = Object.freeze(await readAsked(options, request));
  await requireMember(options.consentry, asked);
  signal.throwIfAborted();
  await accessRecords(options.consentry, asked);
  return asked;
}

/** Asked when the handler begins to answer; between the permit and now somebody may have withdrawn it. */
async function judge(consentry: Through, asked: GuardedAccess | undefined, body: Uint8Array): Promise<void> {
  if (asked === undefined) throw new AccessRefusedError("It was answered before it was decided.");
  await requireMember(consentry, asked);
  if (asked.patient === undefined) await confirmRecords(consentry, asked);
  else await accessResource(consentry, asked, body);
}

/** Whatever the server does with it has no effect on the answer. */
function report<Request>({ onRefusal }: GuardOptions<Request>, error: unknown, request: Request): void {
  void Promise.resolve()
    .then(() => onRefusal?.(toConsentryError(error), request))
    .catch(() => undefined);
}
