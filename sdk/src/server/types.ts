import type { Client } from "../client.js";
import type { PurposeAndAction } from "../consents/toRequest.js";
import type { ConsentryError } from "../errors/base.js";
import type { Moving } from "../moving/types.js";

/** Who asks and what for, as the server's own authentication found out: never as the request merely claims. */
export interface Asker extends PurposeAndAction {
  /** In whose name it is asked: the address of the organization, practitioner or other provider. */
  grantee: string;
  /** The member of the organization who asks, by its key; checked in the directory. The grantee itself if left out. */
  member?: string | undefined;
}

type Answer<Value> = Value | undefined | Promise<Value | undefined>;

/** What every guard is told. */
export interface GuardBase<Request> {
  /**
   * Decides and logs. Whoever signs for it must be the grantee, or a member of each grantee with the ability `read`, and
   * needs funds for one transaction per access. While patients move from one deployment to the next, what `movingBetween` of
   * `@consentry/sdk/moving` returned: each access is decided and logged where the patient's word counts.
   */
  consentry: Client | Pick<Moving, "to" | "decide" | "clientFor">;
  /** Tells who asks; undefined for nobody. Whatever else it does (throw, hang, answer nonsense) counts as nobody. */
  identify: (request: Request) => Answer<Asker>;
  /** How long identifying and deciding may take together, in milliseconds; 30,000 if left out. */
  timeout?: number | undefined;
  /** Told of everything that is not released, and why: for the server's own log and alarms. */
  onRefusal?: ((error: ConsentryError, request: Request) => void) | undefined;
}

/** A guard of registered records: their patient and labels are on the chain, and it decides before the handler runs. */
export interface RecordGuard<Request> extends GuardBase<Request> {
  /** The id of the record that is asked for, or of all records that the answer is made of; undefined if there is none. */
  record: (request: Request) => Answer<string | readonly string[]>;
  patient?: undefined;
}

/**
 * A guard of resources without a pointer on the chain: the handler runs first, and what it answers, one FHIR resource as
 * JSON, is labelled by `labelsOf` and decided before it is released. A HEAD request has nothing to label: it is refused.
 */
export interface PatientGuard<Request> extends GuardBase<Request> {
  /** Whose data are asked for, by address; undefined for nobody's. The handler must answer this patient's data only. */
  patient: (request: Request) => Answer<string>;
  record?: undefined;
}

/** What a guard is told: how to find out who asks, and for what. */
export type GuardOptions<Request> = RecordGuard<Request> | PatientGuard<Request>;

/** What a guard permitted, for the handler. */
export interface GuardedAccess extends Asker {
  /** The ids of the records that may be read; none where the guard was told a patient. */
  records: readonly string[];
  patient: string | undefined;
}
