import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "chai";

/** Ten times the Bundle; it is three times in memory at once. */
const MEGABYTES = 1_000;

describe("a Bundle of 100 MB", function () {
  this.timeout(300_000);

  it("is read in bounded memory; one that is wrong at its end is refused by the path", () => {
    const script = fileURLToPath(new URL("large/bundle.ts", import.meta.url));
    const flags = [`--max-old-space-size=${MEGABYTES}`, "--import", "tsx", script];
    const { good, bad } = JSON.parse(execFileSync(process.execPath, flags, { encoding: "utf8" })) as Outcomes;
    expect(good).to.deep.equal([["LABS"], 50_000, "permit"]);
    const path = "Bundle.entry[50000].resource.meta.security";
    expect(bad).to.deep.equal([path, path, path]);
  });
});

/** Of `labelsOf`, `filterBundle` and `evaluate`. */
interface Outcomes {
  good: unknown[];
  bad: unknown[];
}
