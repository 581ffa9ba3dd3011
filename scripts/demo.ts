/**
 * The whole story on a chain in memory, with the real patient summary of HL7's International Patient Summary.
 *
 *     npm run demo
 *
 * Ends with exit code 0 only if everything was as the story says.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { network } from "hardhat";
import { Narrator } from "./demo/narrator.js";
import { tell } from "./demo/story.js";

const folder = mkdtempSync(join(tmpdir(), "consentry-demo-"));
const narrator = new Narrator();
try {
  await tell(narrator, await network.create(), folder);
} finally {
  rmSync(folder, { recursive: true });
}
if (!narrator.close()) process.exitCode = 1;
