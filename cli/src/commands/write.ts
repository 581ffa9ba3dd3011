import type { Client, UnsignedTransaction, Write, WriteResult } from "@consentry/sdk";
import type { Announced } from "@consentry/sdk/governance";
import type { Command } from "commander";
import { open } from "../connection/open.js";
import { openSigning, type Signing } from "../connection/openSigning.js";
import { type ExitCode, OK } from "../exitCodes.js";
import type { KeyOptions } from "../keys/walletOf.js";
import type { GlobalOptions } from "../options/globals.js";
import { printDocument } from "../output/json.js";
import { details } from "../output/tables.js";
import { timeText } from "../output/words.js";
import { requireConfirmable, requireConfirmed } from "../terminal/confirm.js";

/** What every command takes that sends a transaction. */
export interface WriteOptions extends KeyOptions {
  yes?: boolean;
  request?: boolean;
}

type Result = WriteResult<{ type: string }>;

/** A write of the SDK, whatever it changes. */
export type AnyWrite<Params> = Write<Params, Result>;

/** What is to be written. */
interface Writing<Params> {
  /** In a few words. */
  does: string;
  /** What it does it with, as it was typed. */
  shows: (readonly string[])[];
  action: (client: Client) => AnyWrite<Params>;
  params: Params;
}

/** Adds the options of what sends a transaction to a command. */
export function withSending(command: Command): Command {
  return command
    .option("--keystore <file>", "encrypted JSON keystore of the key that signs, in place of CONSENTRY_PRIVATE_KEY")
    .option("--yes", "send without asking")
    .option("--request", "send nothing: print the transaction for somebody else, as a multi-signature wallet");
}

/** Shows what will be sent, asks, sends it, and prints what became of it. */
export async function write<Params>(
  options: WriteOptions & GlobalOptions,
  writing: Writing<Params>,
): Promise<ExitCode> {
  if (options.request) return printRequest(options, writing);
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

async function printRequest<Params>(options: GlobalOptions, { action, params }: Writing<Params>): Promise<ExitCode> {
  const client = await open(options);
  const { to, data } = await action(client).request(params);
  if (options.json) printDocument({ to, data });
  else process.stdout.write(details(transactionRows(client, { to, data })));
  return OK;
}

function preview(
  { does, shows }: Pick<Writing<unknown>, "does" | "shows">,
  { client, from }: Signing,
  transaction: UnsignedTransaction,
): void {
  const [network, ...others] = transactionRows(client, transaction);
  const rows = [
    ["Action", does] as const,
    ...shows.map(([name = "", value = ""]) => [`  ${name}`, value] as const),
    network,
    ["From", from] as const,
    ...others,
  ];
  process.stderr.write(details(rows, process.stderr));
}

type Row = readonly [name: string, value: string];

function transactionRows({ deployment }: Client, { to, data }: UnsignedTransaction): [Row, ...Row[]] {
  const [name = "another contract"] = Object.entries(deployment.contracts).flatMap(([each, { address }]) =>
    address.toLowerCase() === to.toLowerCase() ? [each] : [],
  );
  return [
    ["Network", `${deployment.network}, chain ${deployment.chainId}`],
    ["To", `${to} (${name})`],
    ["Data", data],
  ];
}

function resultOf(result: Result & Partial<Pick<Announced, "id" | "readyAt" | "expiresAt">>): string {
  const { hash, blockNumber, blockHash, gasUsed, events, id, readyAt, expiresAt } = result;
  return details([
    ["Done", { color: "green", text: events.map(({ type }) => type).join(", ") || "nothing changed" }],
    ["Id", id],
    ["Ready", readyAt && timeText(readyAt)],
    ["Expires", expiresAt && timeText(expiresAt)],
    ["Transaction", hash],
    ["Block", [String(blockNumber), blockHash]],
    ["Gas", String(gasUsed)],
  ]);
}
