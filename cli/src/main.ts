import { FAILED } from "./exitCodes.js";
import { run } from "./run.js";

// Whatever ends this process before something is known, it did not succeed.
process.exitCode = FAILED;
// Whoever reads the output may leave before its end, as `head` does.
process.stdout.on("error", () => process.exit(FAILED));
void run(process.argv.slice(2)).then((code) => (process.exitCode = code));
