import type { IConsentRegistry__factory } from "../../generated/contracts/factories/contracts/interfaces/IConsentRegistry__factory.js";
import { hex } from "../../values/bytes.js";
import { isoOf, isoOfStamp } from "../../values/dates.js";
import { OTHER_CODES, SIGN_AGAIN } from "./advice.js";
import { errorsOf } from "./base.js";

const define = errorsOf<typeof IConsentRegistry__factory>();

// Who speaks

export class NotSpeakerForError extends define(
  "NotSpeakerFor",
  ({ patient, account }) => `${account} may not speak for the patient ${patient}.`,
  "Connect with the key of the patient's controller, or of a representative whose appointment is valid.",
) {}

export class NotControllerOfError extends define(
  "NotControllerOf",
  ({ patient, account }) => `${account} does not control the patient ${patient}.`,
  "Connect with the controller's key: a representative may grant and revoke, no more.",
) {}

// What was signed

export class InvalidSignatureError extends define(
  "InvalidSignature",
  ({ account }) => `The signature is not that of ${account} over this statement.`,
  "Sign exactly what is delivered, for this contract on this chain, with the key that is named as the signer.",
) {}

export class TooSoonError extends define(
  "TooSoon",
  ({ issuedAt, latest }) => `The stamp ${isoOfStamp(issuedAt)} does not fit yet (${isoOfStamp(latest)}).`,
  "Do the same again a second later. Take stamps from the chain's time: the clock of a device may run ahead of it.",
) {}

export class StatementVoidError extends define(
  "StatementVoid",
  ({ issuedAt, controlSince }) =>
    `What was signed at ${isoOfStamp(issuedAt)} is void: control changed at ${isoOfStamp(controlSince)}.`,
  SIGN_AGAIN,
) {}

export class DeadlineTooFarError extends define(
  "DeadlineTooFar",
  ({ issuedAt, deadline }) =>
    `The deadline ${isoOf(deadline)} is more than seven days after the signature at ${isoOfStamp(issuedAt)}.`,
  "Sign with a deadline at most seven days ahead.",
) {}

export class DeadlinePassedError extends define(
  "DeadlinePassed",
  ({ deadline }) => `The statement had to be delivered by ${isoOf(deadline)}.`,
  SIGN_AGAIN,
) {}

// What was said

export class InvalidCategoriesError extends define(
  "InvalidCategories",
  ({ categories }) => `The categories ${hex(categories)} are empty or not defined.`,
  `Name at least one category. ${OTHER_CODES}`,
) {}

export class InvalidPeriodError extends define(
  "InvalidPeriod",
  ({ start, end }) => `It would end at ${isoOf(end)}, not after its start at ${isoOf(start)}.`,
  "Set the end after the start.",
) {}

export class InvalidRepresentativeError extends define(
  "InvalidRepresentative",
  ({ representative }) => `${representative} can't be a representative.`,
  "Pass the representative's own address.",
) {}

// Control

export class InvalidControllerError extends define(
  "InvalidController",
  ({ patient, controller }) => `${controller} can't take control of the patient ${patient}.`,
  "Pass the address of a new key: not zero, and not the one that is in control already.",
) {}

export class NotAcceptedByError extends define(
  "NotAcceptedBy",
  ({ patient, controller }) => `${controller} has not accepted control of the patient ${patient}.`,
  "Let the new key itself sign the acceptance.",
) {}

export class DependentExistsError extends define(
  "DependentExists",
  ({ dependent }) => `The dependent ${dependent} exists already.`,
  "Take another salt.",
) {}
