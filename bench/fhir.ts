/**
 * Measures what the SDK does with FHIR against its bars, on one core, over documents and records that others wrote
 * (CONSENTRY_FIXTURES). Nothing is asked twice: every request is parsed anew, and that is not measured.
 *
 *     npm run bench:fhir                    prints the table
 *     npm run bench:fhir -- --json FILE     writes {"<measure>": {"value": n, "bar": n, "unit": s}} too
 *     npm run bench:fhir -- --only NAME     measures that alone
 *
 * It fails if a figure misses its bar.
 */
import { MEASURES, measure, type Measure } from "./fhir/measures.js";
import { run } from "./run.js";

await run(Object.keys(MEASURES) as Measure[], measure);
