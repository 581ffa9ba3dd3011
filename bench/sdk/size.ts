import { brotliCompressSync } from "node:zlib";
import { bundleOf } from "../../scripts/package/bundle.js";

/** The core as a page loads it: minified, without ethers, compressed with brotli as servers and browsers do. */
export async function coreKilobytes(): Promise<number> {
  return brotliCompressSync(await bundleOf(".")).length / 1_000;
}
