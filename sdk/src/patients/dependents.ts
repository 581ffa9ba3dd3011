import type { Context } from "../context.js";
import { toParty } from "../values/address.js";
import { mapInTurns } from "../values/lists.js";
import { blockOf } from "../reads/blockOf.js";
import { controlEventsUpTo } from "./logs.js";

/** An identity that a parent opened. */
export interface ListedDependent {
  dependent: string;
  salt: string;
  /** Who controls it at the block of the list: the parent's account until it is handed over. */
  controller: string;
  /** Hash of the transaction that opened it. */
  transaction: string;
}

/**
 * Lists the dependents that an account opened identities for, with whoever controls them at the newest block.
 *
 * @returns in the order in which they were opened; those that were handed over, too
 * @throws InvalidAddressError
 * @example
 * const dependents = await consentry.patients.dependents(parent);
 * const inCare = dependents.filter(({ controller }) => controller === parent);
 */
export async function dependents(context: Context, parent: string): Promise<ListedDependent[]> {
  const address = toParty(parent, "parent");
  const head = await blockOf(context);
  const events = await controlEventsUpTo(context, head, [undefined, address], ["DependentCreated"]);
  const opened = events.filter((event) => event.type === "DependentCreated");
  return mapInTurns(opened, async ({ patient: dependent, salt, transaction }) => {
    const controller = await context.consents.controllerOf(dependent, { blockTag: head.number });
    return { dependent, salt, controller, transaction };
  });
}
