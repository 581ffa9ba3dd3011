import { spawn } from "node:child_process";
import { once } from "node:events";
import { ROOT } from "../../scripts/deployment/settings.js";

/** How many seconds the tests in the browser take, all of which must pass. */
export async function suite(): Promise<number> {
  const begin = performance.now();
  const tests = spawn("tsx", ["scripts/test.ts", "portal"], { cwd: ROOT, stdio: ["ignore", "inherit", "inherit"] });
  const [status] = (await once(tests, "close")) as [number | null];
  if (status !== 0) throw new RangeError("A test in the browser failed: there is nothing to measure.");
  return (performance.now() - begin) / 1_000;
}
