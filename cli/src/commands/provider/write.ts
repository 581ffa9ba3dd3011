import type { Client, ProviderEvent, UnsignedTransaction, Write, WriteResult } from "@consentry/sdk";
import type { Command } from "commander";
import { openSigning, type Signing } from "../../connection/openSigning.js";
import { type ExitCode, OK } from "../../exitCodes.js";
import type { KeyOptions } from "../../keys/walletOf.js";
import type { GlobalOptions } from "../../options/globals.js";
import { printDocument } from "../../output/json.js";
import { details } from "../../output/tables.js";
import { requireConfirmable, requireConfirmed } from "../../terminal/confirm.js";

/** What every command takes that sends a transaction. */
export interface WriteOptions extends KeyOptions {
  yes?: boolean;
}

/** What is to be written. */
interface Writing<Params> {
  /** In a few words. */
  does: string;
  /** What it does it with, as it was typed. */
  shows: (readonly string[])[];
  action: (client: Client) => Write<Params, WriteResult<ProviderEvent>>;
  params: Params;
}

/** Adds the options of what sends a transaction to a command. */
export function withSending(command: Command): Command {
  return command
    .option("--keystore <file>", "encrypted JSON keystore of the key that signs, in place of CONSENTRY_PRIVATE_KEY")
    .option("--yes", "send without asking");
}

/** Shows what will be sent, asks, sends it, and prints what became of it. */
export async function write<Params>(
  options: WriteOptions & GlobalOptions,
  writing: Writing<Params>,
): Promise<ExitCode> {
  requireConfirmable(options.yes);
  const signing = await openSigning(options);
  const action = writing.action(signing.client);
  const transaction = await action.request(writing.params);
  if (options.json !== true || options.yes !== true) preview(writing, signing, transaction);
  await requireConfirmed(options.yes);
  const result = await action(writing.params);
  if (options.json) printDocument(result);
  else process.stdout.write(resultOf(result));
  return OK;
}

function preview(
  { does, shows }: Pick<Writing<unknown>, "does" | "shows">,
  { client: { deployment }, from }: Signing,
  { to, data }: UnsignedTransaction,
): void {
  const rows = [
    ["Action", does],
    ...shows.map(([name = "", value = ""]) => [`  ${name}`, value] as const),
    ["Network", `${deployment.network}, chain ${deployment.chainId}`],
    ["From", from],
    ["To", `${to} (ProviderRegistry)`],
    ["Data", data],
  ] as const;
  process.stderr.write(details(rows, process.stderr));
}

function resultOf({ hash, blockNumber, blockHash, gasUsed, events }: WriteResult<ProviderEvent>): string {
  return details([
    ["Done", { color: "green", text: events.map(({ type }) => type).join(", ") || "nothing changed" }],
    ["Transaction", hash],
    ["Block", [String(blockNumber), blockHash]],
    ["Gas", String(gasUsed)],
  ]);
}
