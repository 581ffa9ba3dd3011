/**
 * Measures the paths of the package as a page or a server loads them: minified, compressed, without ethers and other peers.
 *
 *     npm run size            tells
 *     npm run size:check      fails if one is over its budget
 */
import { parseArgs } from "node:util";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { OperatorError, runCommand } from "./deployment/errors.js";
import { type Budget, BUDGETS } from "./package/budgets.js";
import { bundleOf, SUBPATHS } from "./package/bundle.js";

interface Size extends Budget {
  subpath: string;
  minified: number;
  budget: Budget;
}

async function sizeOf(subpath: string): Promise<Size> {
  const text = await bundleOf(subpath);
  return {
    subpath,
    minified: Buffer.byteLength(text),
    gzip: gzipSync(text, { level: 9 }).length,
    brotli: brotliCompressSync(text).length,
    budget: BUDGETS[subpath] ?? { gzip: 0, brotli: 0 },
  };
}

const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1);

function row({ subpath, minified, gzip, brotli, budget }: Size): string[] {
  const of = (measured: number, allowed: number) => `${kilobytes(measured)} of ${kilobytes(allowed)}`;
  return [subpath, kilobytes(minified), of(gzip, budget.gzip), of(brotli, budget.brotli)];
}

function print(rows: readonly string[][]): void {
  for (const cells of rows)
    console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(9) : cell.padStart(17))).join(""));
}

await runCommand(async () => {
  const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
  const sizes = await Promise.all(SUBPATHS.map(sizeOf));
  if (!values.check) print([["kB", "minified", "gzip", "brotli"], ...sizes.map(row)]);
  const over = sizes.filter(({ gzip, brotli, budget }) => gzip > budget.gzip || brotli > budget.brotli);
  if (!values.check || over.length === 0) return;
  const names = over.map(({ subpath }) => subpath).join(", ");
  throw new OperatorError(`Over the budget of scripts/package/budgets.ts: ${names}. See \`npm run size\`.`);
});
