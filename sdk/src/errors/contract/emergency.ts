import type { IConsentRegistry__factory } from "../../generated/contracts/factories/contracts/interfaces/IConsentRegistry__factory.js";
import { abilitiesFromBits } from "../../providers/names.js";
import { hex } from "../../values/bytes.js";
import { isoOfStamp } from "../../values/dates.js";
import { errorsOf } from "./base.js";

const define = errorsOf<typeof IConsentRegistry__factory>();

export class NotEmpoweredForError extends define(
  "NotEmpoweredFor",
  ({ caller, provider, capability }) =>
    `${caller} may not use the capability ${abilitiesFromBits(capability).join(", ")} of ${provider}.`,
  "The provider must be active and hold the capability, which the consortium gives; a member needs that ability, too.",
) {}

export class ExcludedFromBreakGlassError extends define(
  "ExcludedFromBreakGlass",
  ({ patient, categories }) => `The patient ${patient} keeps the categories ${hex(categories)} closed to break-glass.`,
  "Ask for other categories, or ask the patient for consent.",
) {}

export class EndedByPatientError extends define(
  "EndedByPatient",
  ({ waitsUntil }) => `The patient ended break-glass; it stays closed until ${isoOfStamp(waitsUntil)}.`,
  "Ask the patient for consent, or wait until then.",
) {}

export class TooManyEmergenciesError extends define(
  "TooManyEmergencies",
  ({ provider }) => `${provider} broke the glass too often of late.`,
  "Wait: the number that is left grows with time. If the organization did not do this, look for a stolen key.",
) {}

export class InvalidEmergencySettingsError extends define(
  "InvalidEmergencySettings",
  ({ window, burst, refill }) =>
    `Break-glass can't have a window of ${window} s, a burst of ${burst}, a refill of ${refill} s.`,
  "Deploy with settings of which none is 0.",
) {}
