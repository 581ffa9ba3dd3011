import type { Context } from "../context.js";
import { InvalidParameterError } from "../errors/input.js";
import { toParty } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { blockOf } from "../reads/blockOf.js";
import type { ControlEvent } from "./events.js";
import { controlEventsUpTo } from "./logs.js";

/** Whose history, and from which block on. */
export interface ControlHistoryParams {
  patient: string;
  /** The number of the first block; that of the deployment if left out. */
  fromBlock?: number | undefined;
}

/**
 * Everything that happened to the control of a patient up to the newest block: transfers, representatives, exclusions,
 * guardians, recoveries. Watch it for `RecoveryStarted`: it is the warning that another key is about to take over.
 *
 * @returns in the order of the chain
 * @throws InvalidAddressError, InvalidParameterError
 * @example
 * for (const event of await consentry.patients.history({ patient })) console.log(event.type, event.by);
 * // GuardiansChanged 0x90F7...
 */
export async function history(context: Context, params: ControlHistoryParams): Promise<ControlEvent[]> {
  onlyKeys(params, ["patient", "fromBlock"]);
  const patient = toParty(params.patient, "patient");
  const { fromBlock } = params;
  if (fromBlock !== undefined && (!Number.isSafeInteger(fromBlock) || fromBlock < 0)) {
    throw new InvalidParameterError("fromBlock", "the number of a block");
  }
  return controlEventsUpTo(context, await blockOf(context), [patient], undefined, fromBlock);
}
