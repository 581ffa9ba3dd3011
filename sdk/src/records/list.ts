import type { Context } from "../context.js";
import { InvalidParameterError } from "../errors/input.js";
import type { ScanOptions } from "../logs/readPages.js";
import { logsOf } from "../logs/scan.js";
import { blockOf } from "../reads/blockOf.js";
import type { LogFilter } from "../transport/types.js";
import { toAddress, toParty } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { mapInTurns } from "../values/lists.js";
import { topicsOf } from "../writes/events.js";
import { recordEvents } from "./events.js";
import { pointerAt, type RecordPointer } from "./get.js";

/** Which records to list: of a patient, at a custodian, or both. */
export interface ListRecordsParams {
  patient?: string | undefined;
  custodian?: string | undefined;
}

/**
 * Lists the registered records of a patient or a custodian; erased ones are left out.
 *
 * @param options at which block; the newest if left out; `onProgress` is told how far the reading has come
 * @returns in the order in which they were registered
 * @throws InvalidParameterError without patient and custodian
 * @throws InvalidAddressError
 * @example
 * const records = await consentry.records.list({ patient });
 * console.log(records[0]?.categories); // ["LABS"]
 */
export async function list(
  context: Context,
  params: ListRecordsParams,
  options?: ScanOptions,
): Promise<RecordPointer[]> {
  onlyKeys(params, ["patient", "custodian"]);
  const { onProgress, ...read } = options ?? {};
  const filters = [filterOf(context, params)];
  const head = await blockOf(context, read);
  const { fromBlock } = context.deployment;
  const logs = await logsOf(context.transport, { filters, fromBlock, head, onProgress });
  const ids = recordEvents(context, logs).map(({ record }) => record);
  const pointers = await mapInTurns(ids, (record) => pointerAt(context, record, head));
  return pointers.filter((pointer) => pointer.status === "registered");
}

function filterOf({ records, deployment }: Context, { patient, custodian }: ListRecordsParams): LogFilter {
  if (patient === undefined && custodian === undefined) {
    throw new InvalidParameterError("patient", "given, or else custodian");
  }
  const parties = [
    patient === undefined ? undefined : toAddress(patient, "patient"),
    custodian === undefined ? undefined : toParty(custodian, "custodian"),
  ];
  const { address } = deployment.contracts.RecordRegistry;
  return { address, topics: topicsOf(records.interface, ["RecordRegistered"], undefined, ...parties) };
}
