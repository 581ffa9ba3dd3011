import { ZeroHash } from "ethers";
import type { OfPatient } from "../consents/types.js";
import { addressOrSender, type Context } from "../context.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { onlyKeys } from "../values/keys.js";
import { unsigned } from "../writes/action.js";
import type { WriteResult } from "../writes/send.js";
import { type DelayInput, toDelay } from "./delay.js";
import type { GuardiansChanged } from "./events.js";
import { commitmentTo, type Guardians, toGuardians } from "./guardians.js";
import { type BuiltFor, sendFor, transactionOf } from "./write.js";

/** Who is to be a patient's guardian, or that nobody is any more. */
export type SetGuardiansParams =
  | {
      /** What `newGuardians` made, and is kept: it names the patient. */
      guardians: Guardians;
      /** How long a recovery waits, in which the controller can cancel it: seconds or `{ days }`, 1 to 30 days. */
      delay: DelayInput;
    }
  | {
      guardians: "nobody";
      /** The patient; whoever signs if left out. */
      patient?: string | undefined;
    };

/** What is said about guardians. */
export interface Guardianship {
  /** Undefined: whoever signs. */
  patient: string | undefined;
  commitment: string;
  /** Seconds. */
  delay: bigint;
}

/**
 * Names guardians, who together can put a new key in control after a delay, or, with `"nobody"`, ends that. By the
 * controller. Only a salted commitment goes on the chain: keep what it is made of, and give each guardian a copy.
 *
 * The first are in office at once; others follow after the delay of those in office, so that a thief of the key can't be rid
 * of them. A recovery that starts, or a transfer of control, drops who were to follow. A recovery shows who the guardians
 * are: name new ones after it.
 *
 * @returns the transaction, for which patient, and from when on they are in office
 * @throws InvalidAddressError, InvalidParameterError, InvalidDelayError before anything is sent
 * @throws NotControllerOfError, RecoveryUnderWayError, NoSignerError
 * @example
 * const guardians = newGuardians({ patient, accounts: [sister, friend, doctor], threshold: 2 });
 * await keep(JSON.stringify(guardians));
 * const { events } = await consentry.patients.setGuardians({ guardians, delay: { days: 3 } });
 * console.log(events[0]?.effectiveAt); // 2026-03-01T09:30:00.000Z
 */
export async function setGuardians(
  context: Context,
  params: SetGuardiansParams,
): Promise<WriteResult<GuardiansChanged> & OfPatient> {
  return sendFor(context, await build(context, params), "GuardiansChanged");
}

/** Builds the transaction of {@link setGuardians} without sending it. */
export async function setGuardiansRequest(context: Context, params: SetGuardiansParams): Promise<UnsignedTransaction> {
  return transactionOf(await build(context, params));
}

async function build(context: Context, params: SetGuardiansParams): Promise<BuiltFor> {
  const { commitment, delay, ...named } = guardianshipOf(params);
  const patient = await addressOrSender(context, named.patient, "patient");
  const populated = context.consents.setGuardians.populateTransaction(patient, commitment, delay);
  return { ...(await unsigned(populated)), patient };
}

/** What is said about guardians, checked. */
export function guardianshipOf(params: SetGuardiansParams): Guardianship {
  const isNobody = (params as Partial<SetGuardiansParams> | undefined | null)?.guardians === "nobody";
  onlyKeys(params, isNobody ? ["guardians", "patient"] : ["guardians", "delay"]);
  if (params.guardians === "nobody") {
    return { patient: params.patient, commitment: ZeroHash, delay: 0n };
  }
  const guardians = toGuardians(params.guardians);
  return { patient: guardians.patient, commitment: commitmentTo(guardians), delay: toDelay(params.delay) };
}
