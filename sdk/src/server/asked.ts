import { toPurposeAndAction } from "../consents/toRequest.js";
import { InvalidParameterError } from "../errors/input.js";
import { AccessRefusedError } from "../errors/server.js";
import { toRecordId } from "../scopes/ids.js";
import { toAddress, toParty } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { nonEmpty } from "../values/lists.js";
import type { Asker, GuardedAccess, GuardOptions } from "./types.js";

/** Each record of an answer is a transaction. */
const MOST_RECORDS = 100;

/**
 * Who asks and for what, as the server's functions tell; each is asked once, so that what is decided is what is released.
 *
 * @throws whatever they throw; a ConsentryError if they tell nothing, or nonsense
 */
export async function readAsked<Request>(options: GuardOptions<Request>, request: Request): Promise<GuardedAccess> {
  const asker = askerIn(await options.identify(request));
  if (options.record === undefined) {
    const patient = await options.patient(request);
    if (isNothing(patient)) throw new AccessRefusedError("There is no such patient.");
    return { ...asker, records: Object.freeze([]), patient: toAddress(patient, "patient") };
  }
  const records = await options.record(request);
  if (isNothing(records)) throw new AccessRefusedError("There is no such record.");
  return { ...asker, records: recordsIn(records), patient: undefined };
}

/** A checked copy of own properties: nothing that a polluted prototype adds, nothing that changes later. */
function askerIn(answer: Asker | undefined): Asker {
  if (isNothing(answer)) throw new AccessRefusedError("Nobody was identified.");
  onlyKeys(answer, ["grantee", "member", "purpose", "action", "programme"]);
  const own = { __proto__: null, ...answer } as unknown as Asker;
  const { purpose, action, programme } = own;
  toPurposeAndAction({ purpose, action, programme });
  const member = own.member === undefined ? undefined : toAddress(own.member, "member");
  return { grantee: toParty(own.grantee, "grantee"), member, purpose, action, programme };
}

function recordsIn(answer: string | readonly string[]): readonly string[] {
  const ids = typeof answer === "string" ? [answer] : nonEmpty(answer, "record");
  if (ids.length > MOST_RECORDS) throw new InvalidParameterError("record", `at most ${MOST_RECORDS} records`);
  return Object.freeze([...new Set(ids.map(toRecordId))]);
}

function isNothing(answer: unknown): answer is undefined | null {
  return answer === undefined || answer === null;
}
