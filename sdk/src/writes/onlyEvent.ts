import { UnexpectedTransactionError } from "../errors/chain.js";
import type { WriteResult } from "./send.js";

/** The event of a write that always has one, and one only; throws {@link UnexpectedTransactionError} with these details. */
export function onlyEvent<Event>({ hash, events }: WriteResult<Event>, details: string): Event {
  const [event, ...others] = events;
  if (event === undefined || others.length > 0) throw new UnexpectedTransactionError(hash, details);
  return event;
}
