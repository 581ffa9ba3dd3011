import type { Context } from "../context.js";
import { toAddress, toParty } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { oneOf } from "../values/lists.js";
import { blockOf } from "../reads/blockOf.js";
import { ABILITIES, abilitiesToBits, type Ability } from "./names.js";

/** A question: may `member` do this in the organization's name? */
export interface ActsForParams {
  /** The organization, or any other provider. */
  organization: string;
  /** A member's key, or the organization itself. */
  member: string;
  ability: Ability;
}

/**
 * Tells whether a key may do something in an organization's name, at the newest block; whether the organization itself is
 * active is for the decision on what it asks.
 *
 * @throws InvalidAddressError, InvalidParameterError before anything is asked
 * @throws NetworkError, TimeoutError if the node does not answer: take it as a refusal
 * @example
 * await consentry.providers.actsFor({ organization: clinic, member: doctor, ability: "read" }); // true
 */
export async function actsFor(context: Context, params: ActsForParams): Promise<boolean> {
  onlyKeys(params, ["organization", "member", "ability"]);
  const organization = toParty(params.organization, "organization");
  const member = toAddress(params.member, "member");
  const ability = abilitiesToBits([oneOf(ABILITIES, params.ability, "ability")]);
  const blockTag = (await blockOf(context)).number;
  return context.providers.actsFor(member, organization, ability, { blockTag });
}
