/** A validator's disk: copied, lost, and had again. */
import { cp, rm } from "node:fs/promises";
import type { Validator } from "../poa/validator.js";

/** Copies it while the validator is stopped: a copy of a database that is written to is none. */
export async function backUp(validator: Validator, copy: string): Promise<void> {
  await validator.stop();
  await cp(validator.seat.folder, copy, { recursive: true });
  await validator.start();
}

/** All that the validator kept is gone. */
export async function loseDisk(validator: Validator): Promise<void> {
  await validator.kill();
  await rm(validator.seat.folder, { recursive: true });
}

/** Puts the copy in its place, and starts the validator: the one that was lost must not run any more. */
export async function restore(validator: Validator, copy: string): Promise<void> {
  await cp(copy, validator.seat.folder, { recursive: true });
  await validator.start();
}

/** Waits until it has what another one has by now, and the next block. */
export async function catchUp(validator: Validator, other: Validator): Promise<void> {
  const top = await other.until((height) => height > 0);
  await validator.until((height) => height > top);
}
