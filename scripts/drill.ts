/**
 * A disaster drill on a chain of four validators on this machine: disks, files and indexes are lost, had again, and compared.
 *
 *     npm run drill
 *
 * Ends with exit code 0 only if nothing differs. Without the chain's client nothing is done, in one line.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "./deployment/errors.js";
import { type Act, drill } from "./drill/drill.js";
import { startPoaChain } from "./poa/chain.js";
import { installClient } from "./poa/install.js";
import { play } from "./start/story.js";

function tell({ title, seconds, checks }: Act): void {
  console.log(`\n${title} (${seconds} s)`);
  for (const { claim, compared, differences } of checks) {
    console.log(`  ${differences.length === 0 ? "✓" : "✗ NOT SO:"} ${claim} (${compared})`);
    for (const difference of differences) console.error(`      ${difference}`);
    if (differences.length > 0) process.exitCode = 1;
  }
}

async function hold(programs: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "consentry-drill-"));
  console.log("Four validators are started, the contracts deployed, a story played.");
  const chain = await startPoaChain({ programs });
  try {
    const { people } = await play(chain);
    await drill({ chain, people, folder }, tell);
  } finally {
    await chain.close();
    rmSync(folder, { recursive: true });
  }
}

await runCommand(async () => {
  const programs = installClient();
  if (programs !== undefined) await hold(programs);
});
