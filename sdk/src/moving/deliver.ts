import type { Client } from "../client.js";
import { NothingToDeliverError } from "../errors/signing.js";
import type { RegistryEvent } from "../patients/events.js";
import type { WriteResult } from "../writes/send.js";
import type { DeliveryOptions } from "./types.js";

/** Delivers signed statements in their order. */
export async function deliver(
  { relay }: Client,
  statements: readonly unknown[],
  { onDelivered }: DeliveryOptions = {},
): Promise<WriteResult<RegistryEvent>[]> {
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
