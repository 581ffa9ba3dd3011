/**
 * Measures the patient's page in a real browser against its bars, on a local chain.
 *
 *     npm run bench:portal                    prints the table
 *     npm run bench:portal -- --json FILE     writes {"<measure>": {"value": n, "bar": n, "unit": s}} too
 *     npm run bench:portal -- --only NAME     measures that alone
 *
 * It fails if a figure misses its bar.
 */
import { MEASURES, measure, type Measure } from "./portal/measures.js";
import { run } from "./run.js";

await run(Object.keys(MEASURES) as Measure[], measure);
