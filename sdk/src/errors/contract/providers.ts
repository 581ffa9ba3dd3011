import type { IProviderRegistry__factory } from "../../generated/contracts/factories/contracts/interfaces/IProviderRegistry__factory.js";
import { abilitiesFromBits } from "../../providers/names.js";
import { hex } from "../../values/bytes.js";
import { isoOf } from "../../values/dates.js";
import { errorsOf } from "./base.js";

const define = errorsOf<typeof IProviderRegistry__factory>();

export class InvalidAccreditorError extends define(
  "InvalidAccreditor",
  ({ accreditor }) => `${accreditor} is not an accreditor id.`,
  "Accreditor ids start at 1.",
) {}

export class AccountInUseError extends define(
  "AccountInUse",
  ({ account, accreditor }) => `${account} already stands behind the accreditor id ${accreditor}.`,
  "One account stands behind one id: appoint another account, or free it first.",
) {}

export class NotAccreditorError extends define(
  "NotAccreditor",
  ({ caller }) => `${caller} is not an accreditor.`,
  "Connect with an accreditor's key; the consortium appoints accreditors.",
) {}

export class NotAccreditorOfError extends define(
  "NotAccreditorOf",
  ({ caller, provider }) => `${caller} did not accredit ${provider}.`,
  "Only the provider's own accreditor may do this.",
) {}

export class InvalidProviderError extends define(
  "InvalidProvider",
  ({ provider }) => `${provider} can't be listed.`,
  "Pass the provider's own address.",
) {}

export class ProviderExistsError extends define(
  "ProviderExists",
  ({ provider }) => `${provider} is listed already.`,
  "Renew it, or change its entry.",
) {}

export class ProviderUnknownError extends define(
  "ProviderUnknown",
  ({ provider }) => `The directory does not know ${provider}.`,
  "Check the address; an accreditor lists a provider with providers.register().",
) {}

export class InvalidCapabilitiesError extends define(
  "InvalidCapabilities",
  ({ capabilities }) => `The capabilities ${hex(capabilities)} can't be given here.`,
  "An accreditor gives contribute or nothing; only the consortium gives emergency.",
) {}

export class InvalidExpiryError extends define(
  "InvalidExpiry",
  ({ expiresAt }) => `The end ${isoOf(expiresAt)} lies in the past.`,
  "Set `until` to a time in the future.",
) {}

export class AlreadySuspendedError extends define(
  "AlreadySuspended",
  ({ provider }) => `${provider} is suspended already.`,
  "Nothing is left to do; the consortium can reinstate it.",
) {}

export class AlreadyRevokedError extends define(
  "AlreadyRevoked",
  ({ provider }) => `${provider} is revoked already.`,
  "Only the consortium can reinstate it.",
) {}

export class AlreadyActiveError extends define(
  "AlreadyActive",
  ({ provider }) => `${provider} is active already.`,
  "Nothing is left to do.",
) {}

export class InvalidAbilitiesError extends define(
  "InvalidAbilities",
  ({ abilities }) => `The abilities ${hex(abilities)} are not defined.`,
  "A member's abilities are read, contribute, emergency, audit and manage.",
) {}

export class InvalidMemberError extends define(
  "InvalidMember",
  ({ organization, member }) => `${member} can't be a member of ${organization}.`,
  "Pass another address: an organization's own key needs no membership.",
) {}

export class NotActingForError extends define(
  "NotActingFor",
  ({ member, organization, ability }) =>
    `${member} may not act for ${organization} (${abilitiesFromBits(ability).join(", ")}).`,
  "The organization must list the key as a member with this ability; it may have ended, or be suspended itself.",
) {}

export class NotByOwnKeyError extends define(
  "NotByOwnKey",
  ({ organization }) => `${organization} can't switch its own key itself.`,
  "Let a member that manages do it, so that somebody else can act.",
) {}

export class ProviderNotActiveError extends define(
  "ProviderNotActive",
  ({ provider }) => `${provider} is not active, so it can't arrange who acts for it.`,
  "Its accreditor renews an expired provider, the consortium reinstates a suspended or revoked one.",
) {}

export class BeyondOwnMembershipError extends define(
  "BeyondOwnMembership",
  ({ member, abilities, until }) =>
    `${member} has less than it would give: ${abilitiesFromBits(abilities).join(", ")} until ${isoOf(until)}.`,
  "A member gives no ability that it lacks, and no end after its own; the organization's own key can.",
) {}

export class InvalidIdentifierError extends define(
  "InvalidIdentifier",
  ({ provider }) => `${provider} can't have zero as its identifier.`,
  "Pass the hash of a public identifier; only the consortium takes one away.",
) {}

export class IdentifierInUseError extends define(
  "IdentifierInUse",
  ({ identifier, provider }) => `The identifier ${identifier} is ${provider}'s.`,
  "Check the identifier; if it stands with the wrong provider, the consortium moves it.",
) {}

export class IdentifierExistsError extends define(
  "IdentifierExists",
  ({ provider, identifier }) => `${provider} has the identifier ${identifier} already.`,
  "A provider has one identifier; the consortium takes it away, or moves it.",
) {}

export class IdentifierUnknownError extends define(
  "IdentifierUnknown",
  ({ identifier }) => `No provider has the identifier ${identifier}.`,
  "Check the identifier; the provider's accreditor gives one that nobody has.",
) {}
