/**
 * Measures the SDK against its bars, side by side with what it stands on.
 *
 *     npm run bench:sdk                    prints the table
 *     npm run bench:sdk -- --json FILE     writes {"<measure>": {"value": n, "bar": n, "unit": s}} too
 *     npm run bench:sdk -- --only NAME     measures that alone
 *
 * It fails if a figure misses its bar.
 */
import { run } from "./run.js";
import { MEASURES, measure, type Measure } from "./sdk/measures.js";

await run(Object.keys(MEASURES) as Measure[], measure);
