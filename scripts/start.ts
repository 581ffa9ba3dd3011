/**
 * Everything on this machine: a chain, the contracts, a story to begin with, the relayer and the patient's page.
 *
 *     npm start
 *
 * Ports: CHAIN_PORT (8545), RELAYER_PORT (8788), PORTAL_PORT (8080); 0 is any free one. Nothing survives the end of it.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCommand } from "./deployment/errors.js";
import { startAll } from "./start/startAll.js";

const port = (name: string, usual: number): number => Number(process.env[name] ?? usual);

await runCommand(async () => {
  const folder = mkdtempSync(join(tmpdir(), "consentry-"));
  const ports = {
    chain: port("CHAIN_PORT", 8545),
    relayer: port("RELAYER_PORT", 8788),
    portal: port("PORTAL_PORT", 8080),
  };
  const { url, chainUrl, relayerUrl, requestLink, reason, close } = await startAll({ folder, ports });
  const reasonFile = join(folder, "reason.json");
  writeFileSync(reasonFile, JSON.stringify(reason, null, 2));
  console.log(`
The patient's page   ${url}
The chain            ${chainUrl}
The relayer          ${relayerUrl}

Open the page and connect the wallet "Patient", or make a passkey of your own. A provider asks for access with this link:

${requestLink}

The hospital broke the glass. Why, it hands over as a file, which "Who looked" and the wallet "Reviewer" can check:

${reasonFile}

Ctrl+C ends everything.`);
  await new Promise<void>((resolve) => process.once("SIGINT", resolve).once("SIGTERM", resolve));
  await close();
  rmSync(folder, { recursive: true });
});
