import { ZeroHash } from "ethers";
import { categoriesFromBits } from "../codes/categories.js";
import type { Category } from "../codes/types.js";
import { type ConsentEvent, consentEvents } from "../consents/events.js";
import type { Context } from "../context.js";
import type { RawLog } from "../transport/types.js";
import { dateOfStamp, toDate } from "../values/dates.js";
import { type DecodedLog, decodeLogs, type EventPosition } from "../writes/events.js";
import { type Appointment, describeAppointment, stampOfAppointment } from "./appointment.js";

/** What happened to the control of a patient, and who spoke. */
interface AboutPatient extends EventPosition {
  patient: string;
  /** Who spoke: the caller, or whoever signed. */
  by: string;
}

/** What the controller said. */
interface Said extends AboutPatient {
  /** When it was said, to the millisecond. */
  statedAt: Date;
}

/** Another key is in control. */
interface ControlPassed extends AboutPatient {
  controller: string;
  /** Everything signed at or before it is void, and every appointment made until then has ended. */
  controlSince: Date;
}

/** The controller passed control on. */
export interface ControlTransferred extends ControlPassed {
  type: "ControlTransferred";
}

/** Guardians recovered control. */
export interface RecoveryCompleted extends ControlPassed {
  type: "RecoveryCompleted";
  /** Who completed it. */
  by: string;
}

/** A parent opened an identity for a dependent, the patient. */
export interface DependentCreated extends AboutPatient {
  type: "DependentCreated";
  /** Who controls it until handing it over; the same as `by`. */
  parent: string;
  salt: string;
}

/** Another account may grant and revoke for a while. */
export interface RepresentativeAppointed extends Said, Appointment {
  type: "RepresentativeAppointed";
  representative: string;
}

/** An appointment ended. */
export interface RepresentativeDismissed extends Said {
  type: "RepresentativeDismissed";
  representative: string;
}

/** What break-glass never opens from now on. */
export interface ExclusionsChanged extends Said {
  type: "ExclusionsChanged";
  categories: Category[];
}

/** Guardians were named. */
export interface GuardiansChanged extends Said {
  type: "GuardiansChanged";
  /** Undefined: nobody is a guardian any more. */
  commitment: string | undefined;
  /** How long a recovery by them waits, in seconds. */
  delay: number;
  /** From when on they are in office, unless a recovery starts or control passes on before. */
  effectiveAt: Date;
}

/** A warning: unless the present controller cancels, another one can take over. */
export interface RecoveryStarted extends Said {
  type: "RecoveryStarted";
  /** Who is to take over. */
  controller: string;
  /** From when on. */
  readyAt: Date;
  /** Who delivered the approvals. */
  by: string;
}

/** A recovery was cancelled, if one was under way, and the approvals given until then. */
export interface RecoveryCancelled extends AboutPatient {
  type: "RecoveryCancelled";
  /** Approvals stamped at or before it are void. */
  cancelledAt: Date;
}

/** What happened to the control of a patient. */
export type ControlEvent =
  | ControlTransferred
  | RecoveryCompleted
  | DependentCreated
  | RepresentativeAppointed
  | RepresentativeDismissed
  | ExclusionsChanged
  | GuardiansChanged
  | RecoveryStarted
  | RecoveryCancelled;

/** Whatever a signed statement can change. */
export type RegistryEvent = ConsentEvent | ControlEvent;

/** The names of the contract's events about control; the patient is their first indexed argument. */
export const CONTROL_EVENTS = [
  "ControlTransferred",
  "DependentCreated",
  "RepresentativeChanged",
  "ExclusionsChanged",
  "GuardiansChanged",
  "RecoveryStarted",
  "RecoveryCancelled",
  "RecoveryCompleted",
] as const;

interface Args {
  patient: string;
  controller: string;
  controlSince: bigint;
  dependent: string;
  parent: string;
  salt: string;
  representative: string;
  appointment: bigint;
  categories: bigint;
  commitment: string;
  delay: bigint;
  effectiveAt: bigint;
  readyAt: bigint;
  cancelledAt: bigint;
  issuedAt: bigint;
  by: string;
}

/** The events about control in some logs. */
export function controlEvents({ consents, deployment }: Context, logs: readonly RawLog[]): ControlEvent[] {
  return decodeLogs(consents.interface, deployment.contracts.ConsentRegistry.address, logs).flatMap(describe);
}

/** The events about consents and control in some logs, in their order. */
export function registryEvents(context: Context, logs: readonly RawLog[]): RegistryEvent[] {
  return logs.flatMap((log) => [...consentEvents(context, [log]), ...controlEvents(context, [log])]);
}

function describe({ name: type, args, position }: DecodedLog): ControlEvent[] {
  const { patient, by, controller, ...rest } = args as unknown as Args;
  const about = { ...position, patient, by };
  switch (type) {
    case "ControlTransferred":
    case "RecoveryCompleted":
      return [{ type, ...about, controller, controlSince: dateOfStamp(rest.controlSince) }];
    case "DependentCreated":
      return [{ type, ...position, patient: rest.dependent, parent: rest.parent, salt: rest.salt, by: rest.parent }];
    case "RepresentativeChanged":
      return [{ ...about, ...representativeOf(rest) }];
    case "ExclusionsChanged":
      return [{ type, ...about, ...statedIn(rest), categories: categoriesFromBits(rest.categories) }];
    case "GuardiansChanged":
      return [{ type, ...about, ...statedIn(rest), ...guardiansOf(rest) }];
    case "RecoveryStarted":
      return [{ type, ...about, ...statedIn(rest), controller, readyAt: toDate(rest.readyAt) }];
    case "RecoveryCancelled":
      return [{ type, ...about, cancelledAt: dateOfStamp(rest.cancelledAt) }];
    default:
      return [];
  }
}

function statedIn({ issuedAt }: Pick<Args, "issuedAt">) {
  return { statedAt: dateOfStamp(issuedAt) };
}

function representativeOf({ representative, appointment }: Pick<Args, "representative" | "appointment">) {
  const said = { representative, statedAt: dateOfStamp(stampOfAppointment(appointment)) };
  const period = describeAppointment(appointment);
  if (period === undefined) return { type: "RepresentativeDismissed" as const, ...said };
  return { type: "RepresentativeAppointed" as const, ...said, ...period };
}

function guardiansOf({ commitment, delay, effectiveAt }: Pick<Args, "commitment" | "delay" | "effectiveAt">) {
  return {
    commitment: commitment === ZeroHash ? undefined : commitment,
    delay: Number(delay),
    effectiveAt: toDate(effectiveAt),
  };
}
