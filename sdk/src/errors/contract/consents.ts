import type { IConsentRegistry__factory } from "../../generated/contracts/factories/contracts/interfaces/IConsentRegistry__factory.js";
import { hex } from "../../values/bytes.js";
import { isoOf } from "../../values/dates.js";
import { describeScope, scopeText } from "../../scopes/scope.js";
import { OTHER_CODES } from "./advice.js";
import { errorsOf } from "./base.js";

const define = errorsOf<typeof IConsentRegistry__factory>();

export class InvalidGranteeError extends define(
  "InvalidGrantee",
  ({ grantee }) => `${grantee} can't be a grantee.`,
  "Grant to a provider's address or to ANY_PROVIDER; a patient needs no consent of its own.",
) {}

export class InvalidPurposesError extends define(
  "InvalidPurposes",
  ({ purposes }) => `The purposes ${hex(purposes)} are empty or not defined.`,
  `Name at least one purpose. ${OTHER_CODES}`,
) {}

export class InvalidActionsError extends define(
  "InvalidActions",
  ({ actions }) => `The actions ${hex(actions)} are empty or not defined.`,
  `Name at least one action. ${OTHER_CODES}`,
) {}

export class InvalidFlagsError extends define(
  "InvalidFlags",
  ({ flags }) => `The flags ${hex(flags)} are not defined.`,
  "Let the SDK pack the terms.",
) {}

export class BreakGlassNotGrantableError extends define(
  "BreakGlassNotGrantable",
  () => "Break-glass (BTG) can't be granted.",
  "Leave BTG out: break-glass needs no consent, and is open to no one in advance.",
) {}

export class EmergencyNotGrantableError extends define(
  "EmergencyNotGrantable",
  () => "The scope EMERGENCY can't be granted.",
  "Only break-glass opens anything there; grant in another scope.",
) {}

export class InvalidScopeError extends define(
  "InvalidScope",
  ({ grantee, scope }) => `${scope} is not a scope in which ${grantee} can be granted anything.`,
  "Name a record or a programme by its id; a programme can't be granted to ANY_PROVIDER.",
) {}

export class PurposesOutsideFamilyError extends define(
  "PurposesOutsideFamily",
  ({ scope, purposes }) => `The purposes ${hex(purposes)} leave ${scopeText(describeScope(scope))}.`,
  "Grant each family of purposes for itself, or a mix in the GENERAL scope.",
) {}

export class StartNotGrantableError extends define(
  "StartNotGrantable",
  ({ notBefore }) => `A consent in the GENERAL scope can't wait for its start, here ${isoOf(notBefore)}.`,
  "Leave `from` out; or leave `scope` out, so that each family of purposes is granted in its own scope.",
) {}

export class AlreadyExpiredError extends define(
  "AlreadyExpired",
  ({ expiresAt, blockTime }) =>
    `The consent would have ended at ${isoOf(expiresAt)}; it is ${isoOf(blockTime)} on the chain.`,
  "Set `until` to a time in the future.",
) {}

export class ConditionalWithoutDocumentError extends define(
  "ConditionalWithoutDocument",
  () => "A conditional consent needs evidence: nobody could know the condition.",
  "Pass `evidence`, the hash of the statement and the document, or sign with the hash of the document.",
) {}

export class UnexpectedStampError extends define(
  "UnexpectedStamp",
  ({ issuedAt }) => `The terms came with the stamp ${issuedAt}.`,
  "Let the SDK pack the terms; the registry sets the stamp.",
) {}
