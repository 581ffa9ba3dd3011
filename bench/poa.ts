/**
 * Measures what a chain of four validators on this machine does through the SDK, at blocks of 1 and of 2 seconds.
 *
 *     npm run bench:poa                    prints the table
 *     npm run bench:poa -- --json FILE     writes {"<measure>": {"value": n, "bar": n, "unit": s}} too
 *     npm run bench:poa -- --only NAME     measures that alone
 *
 * Without the chain's client nothing is measured, in one line. It fails if a figure misses its bar.
 */
import { installClient } from "../scripts/poa/install.js";
import { MEASURES, measure, type Measure } from "./poa/measures.js";
import { run } from "./run.js";

const programs = installClient();
if (programs !== undefined) await run(Object.keys(MEASURES) as Measure[], (chosen) => measure(programs, chosen));
