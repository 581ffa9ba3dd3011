import { ZeroAddress } from "ethers";
import { actionsToBits } from "../codes/actions.js";
import { categoriesToBits } from "../codes/categories.js";
import { expandPurposes } from "../codes/families.js";
import { purposesToBits } from "../codes/purposes.js";
import type { ConsentInput, GrantOptions } from "../consents/types.js";
import { InvalidParameterError } from "../errors/input.js";
import { NO_ID } from "../scopes/ids.js";
import { endOf, toDate, toEnd, toStart } from "../values/dates.js";
import { onlyKeys } from "../values/keys.js";
import { nonEmpty } from "../values/lists.js";
import { parseRequest } from "./parse.js";
import type { AccessRequest, RequestMessage } from "./types.js";

/** What a patient allows less than was asked for. */
export type RequestChanges = Partial<
  Pick<ConsentInput, "categories" | "purposes" | "actions" | "from" | "until" | "timeZone">
>;

/** One consent of the patient who was asked. */
export type RequestedGrant = ConsentInput & Pick<GrantOptions, "patient">;

const CHANGE_KEYS = [
  "categories",
  "purposes",
  "actions",
  "from",
  "until",
  "timeZone",
] as const satisfies readonly (keyof RequestChanges)[];

/**
 * The grant that answers a request: what was asked for, or less. Verify the request first.
 *
 * @param changes what to allow in place of what was asked for; it can only narrow
 * @returns parameters of `consents.grant` and `consents.grant.sign`
 * @throws MalformedRequestError, UnknownCodeError, InvalidDateError
 * @throws InvalidParameterError if a change allows more than was asked for
 * @example
 * const { request } = await patient.requests.verify(received);
 * await patient.consents.grant(patient.requests.toGrant(request, { categories: ["LABS"], until: "2026-12-31" }));
 */
export function toGrant(request: AccessRequest, changes: RequestChanges = {}): RequestedGrant {
  const { message } = parseRequest(request);
  onlyKeys(changes, CHANGE_KEYS, "changes.");
  const { patient, grantee, record, programme } = message;
  return {
    ...(patient !== ZeroAddress && { patient }),
    grantee,
    ...codesOf(message, changes),
    ...periodOf(message, changes),
    ...(record !== NO_ID && { record }),
    ...(programme !== NO_ID && { programme }),
  };
}

function codesOf(
  message: RequestMessage,
  changes: RequestChanges,
): Pick<ConsentInput, "categories" | "purposes" | "actions"> {
  const { categories, purposes, actions } = message;
  return {
    categories: among("categories", categories, changes.categories, categoriesToBits),
    purposes: among("purposes", purposes, changes.purposes, (names) => purposesToBits(expandPurposes(names))),
    actions: among("actions", actions, changes.actions, actionsToBits),
  };
}

/** What was asked for, or the change if all of it was asked for. */
function among<Item>(
  key: "categories" | "purposes" | "actions",
  asked: Item[],
  changed: readonly Item[] | undefined,
  toBits: (items: readonly Item[]) => bigint,
): Item[] {
  if (changed === undefined) return asked;
  const items = nonEmpty(changed, `changes.${key}`);
  if ((toBits(items) & ~toBits(asked)) === 0n) return items;
  throw new InvalidParameterError(
    `changes.${key}`,
    "among what was asked for",
    "Grant more by itself, if it is meant.",
  );
}

function periodOf(message: RequestMessage, changes: RequestChanges): Pick<ConsentInput, "from" | "until"> {
  const { timeZone } = changes;
  const [askedFrom, askedUntil] = [BigInt(message.notBefore), BigInt(message.expiresAt)];
  const from = changes.from === undefined ? askedFrom : toStart(changes.from, "changes.from", timeZone);
  const until = changes.until === undefined ? askedUntil : toEnd(changes.until, "changes.until", timeZone);
  if (from < askedFrom) throw new InvalidParameterError("changes.from", "no earlier than was asked for");
  if (until > askedUntil) throw new InvalidParameterError("changes.until", "no later than was asked for");
  return { ...(from !== 0n && { from: toDate(from) }), until: endOf(until) };
}
