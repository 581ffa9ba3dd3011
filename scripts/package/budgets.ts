/** What a path of the package may weigh, in bytes. */
export interface Budget {
  gzip: number;
  brotli: number;
}

/**
 * What each path may weigh minified and compressed, without ethers and other peers: about a tenth more than it does, as
 * `npm run size` tells. Browsers get brotli, and of the core no more than 60 kB.
 */
export const BUDGETS: Readonly<Record<string, Budget>> = {
  ".": { gzip: 73_000, brotli: 60_000 },
  "./crypto": { gzip: 19_000, brotli: 17_000 },
  "./emergency": { gzip: 31_000, brotli: 27_000 },
  "./fhir": { gzip: 44_000, brotli: 38_000 },
  "./governance": { gzip: 26_000, brotli: 23_000 },
  "./lookup": { gzip: 25_500, brotli: 22_000 },
  "./moving": { gzip: 37_000, brotli: 31_500 },
  "./node": { gzip: 24_000, brotli: 21_500 },
  "./server": { gzip: 31_000, brotli: 26_500 },
  "./texts": { gzip: 3_000, brotli: 2_600 },
  "./testing": { gzip: 119_000, brotli: 97_000 },
};
