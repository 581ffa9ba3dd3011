import { addressOrSender, type Context } from "../context.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { toAddress } from "../values/address.js";
import { type EndInput, toEnd } from "../values/dates.js";
import { onlyKeys } from "../values/keys.js";
import { oneOf, toList } from "../values/lists.js";
import { unsigned } from "../writes/action.js";
import { send, type WriteResult } from "../writes/send.js";
import { type MemberChanged, providerEvents } from "./events.js";
import { ABILITIES, abilitiesToBits, type Ability } from "./names.js";

/** What a member may do for an organization. */
export interface SetMemberParams {
  /** The organization; whoever signs if left out. */
  organization?: string | undefined;
  /** The member's key. */
  member: string;
  /** None removes the member. */
  abilities: readonly Ability[];
  /** Exclusive; a date includes that day. `"until-revoked"`: it ends only when somebody ends it. */
  until: EndInput;
  /** Where the days of dates begin and end: IANA name. UTC if left out. */
  timeZone?: string | undefined;
}

/**
 * Lists a key of an organization with its abilities, or removes it. By the organization or a member that manages.
 *
 * @throws InvalidAddressError, InvalidDateError, InvalidParameterError before anything is sent
 * @throws NotActingForError, InvalidMemberError, ProviderUnknownError, InvalidExpiryError
 * @throws NoSignerError if nobody can sign
 * @example
 * await consentry.providers.setMember({ member: doctor, abilities: ["read"], until: "2027-06-30" });
 */
export async function setMember(context: Context, params: SetMemberParams): Promise<WriteResult<MemberChanged>> {
  return send(context, await setMemberRequest(context, params), (logs) =>
    providerEvents(context, logs).filter((event) => event.type === "MemberChanged"),
  );
}

/** Builds the transaction of {@link setMember} without sending it. */
export async function setMemberRequest(context: Context, params: SetMemberParams): Promise<UnsignedTransaction> {
  onlyKeys(params, ["organization", "member", "abilities", "until", "timeZone"]);
  const names = toList(params.abilities, "abilities").map((each, i) => oneOf(ABILITIES, each, `abilities[${i}]`));
  const member = toAddress(params.member, "member");
  const until = toEnd(params.until, "until", params.timeZone);
  const organization = await addressOrSender(context, params.organization, "organization");
  return unsigned(context.providers.setMember.populateTransaction(organization, member, abilitiesToBits(names), until));
}
