/** A chain of several validators on this machine, of which a third, less one, may fail. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChainParams, commandOf, found, leaveKey } from "./kaia.js";
import { freePorts } from "../ports.js";
import { Validator } from "./validator.js";

export interface PoaNetwork extends ChainParams {
  validators: readonly Validator[];
  /** Takes everything from a validator that does not run, but its key. */
  leaveKey: (validator: Validator) => void;
  /** Ends every process, and leaves nothing behind. */
  close: () => Promise<void>;
}

export interface PoaParams {
  /** Where the client's programs are. */
  programs: string;
  chainId?: number | undefined;
  /** Seconds from one block to the next, 1 or more. */
  blockTime?: number | undefined;
}

const VALIDATORS = 4;

/** Makes keys and genesis, starts the validators, and waits until each has their first common block. */
export async function startNetwork({ programs, chainId = 2026, blockTime = 1 }: PoaParams): Promise<PoaNetwork> {
  const folder = mkdtempSync(join(tmpdir(), "consentry-poa-"));
  const ports = await freePorts(2 * VALIDATORS);
  const seats = Array.from({ length: VALIDATORS }, (_, i) => ({
    folder: join(folder, `validator-${i + 1}`),
    rpcPort: ports[2 * i] ?? 0,
    peerPort: ports[2 * i + 1] ?? 0,
  }));
  const chain = { chainId, blockTime };
  found(programs, folder, chain, seats);
  const validators = seats.map((seat) => new Validator(commandOf(programs, chain, seat), seat));
  const close = async (): Promise<void> => {
    await Promise.all(validators.map((validator) => validator.kill()));
    rmSync(folder, { recursive: true });
  };
  try {
    await Promise.all(validators.map((validator) => validator.start()));
    await Promise.all(validators.map((validator) => validator.until((height) => height > 0)));
  } catch (error) {
    await close();
    throw error;
  }
  return {
    ...chain,
    validators,
    leaveKey: ({ seat }) => {
      leaveKey(programs, folder, seat);
    },
    close,
  };
}
