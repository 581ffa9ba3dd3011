import { NothingToDeliverError } from "../errors/signing.js";
import type { RegistryEvent } from "../patients/events.js";
import type { WriteResult } from "../writes/send.js";
import { requireNotOutdated } from "./current.js";
import type { Both } from "./decide.js";
import type { DeliveryOptions } from "./types.js";

/** Delivers signed statements in their order, unless what they carry has been said otherwise since. */
export async function deliver(
  both: Both,
  statements: readonly unknown[],
  { onDelivered }: DeliveryOptions = {},
): Promise<WriteResult<RegistryEvent>[]> {
  const { relay } = both.to;
  await requireNotOutdated(both, statements);
  const results: WriteResult<RegistryEvent>[] = [];
  for (const [index, statement] of statements.entries()) {
    try {
      const result = await relay.submit(statement);
      results.push(result);
      onDelivered?.(result, index);
    } catch (error) {
      if (!(error instanceof NothingToDeliverError)) throw error;
    }
  }
  return results;
}
