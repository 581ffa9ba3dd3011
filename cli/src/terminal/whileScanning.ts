import type { Progress } from "@consentry/sdk";
import { type Bar, startBar } from "./bar.js";

/** Does what reads the chain, and shows how far it is once that takes more than one query. */
export async function whileScanning<Result>(
  scan: (onProgress: (progress: Progress) => void) => Promise<Result>,
): Promise<Result> {
  let bar: Bar | undefined;
  let first = 0;
  try {
    return await scan(({ fromBlock, toBlock, head }) => {
      if (bar === undefined) first = fromBlock;
      if (toBlock < head) bar ??= startBar("Reading the chain", head - first + 1);
      bar?.to(toBlock - first + 1);
    });
  } finally {
    bar?.end();
  }
}
