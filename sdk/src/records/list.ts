import type { Context } from "../context.js";
import { InvalidParameterError } from "../errors/input.js";
import { logsInRange } from "../transport/logsInRange.js";
import { toAddress, toParty } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { mapInTurns } from "../values/lists.js";
import { topicsOf } from "../writes/events.js";
import { recordEvents } from "./events.js";
import { get, type RecordPointer } from "./get.js";

/** Which records to list: of a patient, at a custodian, or both. */
export interface ListRecordsParams {
  patient?: string | undefined;
  custodian?: string | undefined;
}

/**
 * Lists the registered records of a patient or a custodian, as they are at the newest block; erased ones are left out.
 *
 * @returns in the order in which they were registered
 * @throws InvalidParameterError without patient and custodian
 * @throws InvalidAddressError
 * @example
 * const records = await consentry.records.list({ patient });
 * console.log(records[0]?.categories); // ["LABS"]
 */
export async function list(context: Context, params: ListRecordsParams): Promise<RecordPointer[]> {
  onlyKeys(params, ["patient", "custodian"]);
  const { patient, custodian } = params;
  if (patient === undefined && custodian === undefined) {
    throw new InvalidParameterError("patient", "given, or else custodian");
  }
  const parties = [
    patient === undefined ? undefined : toAddress(patient, "patient"),
    custodian === undefined ? undefined : toParty(custodian, "custodian"),
  ];
  const { deployment, transport } = context;
  const head = await transport.head();
  const logs = await logsInRange(transport, {
    address: deployment.contracts.RecordRegistry.address,
    topics: topicsOf(context.records.interface, ["RecordRegistered"], undefined, ...parties),
    fromBlock: deployment.fromBlock,
    toBlock: head.number,
  });
  const ids = recordEvents(context, logs).map(({ record }) => record);
  const pointers = await mapInTurns(ids, (record) => get(context, record, head.number));
  return pointers.filter((pointer) => pointer.status === "registered");
}
