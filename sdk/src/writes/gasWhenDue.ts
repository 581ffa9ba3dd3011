import { TooSoonError } from "../errors/contract/control.js";
import type { Transport } from "../transport/transport.js";
import type { UnsignedTransaction } from "../transport/types.js";

/** How long a stamp that is slightly ahead of the chain is waited for, in milliseconds. */
const PATIENCE = 15_000;
const PAUSE = 200;

/** The gas of a call that delivers signatures: a stamp that the node's newest block is not past yet is waited for. */
export async function gasWhenDue(transport: Transport, call: UnsignedTransaction & { from: string }): Promise<bigint> {
  const end = Date.now() + PATIENCE;
  for (;;) {
    try {
      return await transport.estimateGas(call);
    } catch (error) {
      if (!(error instanceof TooSoonError) || isFarAhead(error) || Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}

function isFarAhead({ args }: TooSoonError): boolean {
  return args.issuedAt > args.latest + BigInt(PATIENCE);
}
