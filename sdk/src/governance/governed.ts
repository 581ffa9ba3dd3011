import type { Context } from "../context.js";
import { AccessManagerNotReadyError } from "../errors/contract/openZeppelin.js";
import { NotReadyError } from "../errors/governance.js";
import type { UnsignedTransaction } from "../transport/types.js";
import { bindWrite, type Write } from "../writes/action.js";
import { announce, announceRequest, type AnnounceResult } from "./announce.js";
import { findAnnounced } from "./announced.js";

/** A write that waits: announced first, it can be done with the same parameters once the delay is over, for a week. */
export interface Governed<Params, Result> extends Write<Params, Result> {
  /** Announces it. What need not wait can't be announced. */
  announce: Write<Params, AnnounceResult>;
}

/** Binds a write that waits to the context of a client. */
export function bindGoverned<Params, Result>(
  context: Context,
  write: (context: Context, params: Params) => Promise<Result>,
  request: (context: Context, params: Params) => Promise<UnsignedTransaction>,
): Governed<Params, Result> {
  const bound = bindWrite(context, (own, params: Params) => whenReady(own, write(own, params)), request);
  const announcing = bindWrite(
    context,
    async (own, params: Params) => announce(own, await request(own, params)),
    async (own, params: Params) => announceRequest(own, await request(own, params)),
  );
  return Object.assign(bound, { announce: announcing });
}

/** What comes of a write; throws {@link NotReadyError} if it comes too early. */
export async function whenReady<Result>(context: Context, writing: Promise<Result>): Promise<Result> {
  try {
    return await writing;
  } catch (error) {
    if (!(error instanceof AccessManagerNotReadyError)) throw error;
    const { id, readyAt, expiresAt } = await findAnnounced(context, error.args.operationId);
    throw new NotReadyError(id, readyAt, expiresAt, error);
  }
}
