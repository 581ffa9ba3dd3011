import {
  ConsentryError,
  InvalidAddressError,
  InvalidDateError,
  InvalidParameterError,
  InvalidRecordIdError,
  InvalidRunnerError,
  NoDeploymentError,
  UnknownCodeError,
} from "@consentry/sdk";
import { UnexpectedError } from "../errors/unexpected.js";
import { UsageError } from "../errors/usage.js";
import { type ExitCode, FAILED, MISUSED } from "../exitCodes.js";
import { clean } from "./clean.js";
import { printLine } from "./json.js";
import { paint } from "./paint.js";
import { redacted } from "./secrets.js";

/** How to tell an error. */
export interface Reporting {
  json: boolean;
  verbose: boolean;
}

/** What whoever typed the command can mend. */
const MISTAKES = [
  UsageError,
  InvalidAddressError,
  InvalidDateError,
  InvalidParameterError,
  InvalidRecordIdError,
  InvalidRunnerError,
  UnknownCodeError,
];

/** Prints an error on stderr; returns what the process is to exit with. */
export function report(thrown: unknown, reporting: Reporting): ExitCode {
  const error = thrown instanceof ConsentryError ? thrown : new UnexpectedError(thrown);
  printError("error", error, reporting);
  return MISTAKES.some((type) => error instanceof type) ? MISUSED : FAILED;
}

/** Prints what is wrong on stderr, as lines or as one line of JSON. */
export function printError(kind: "error" | "warning", error: ConsentryError, { json, verbose }: Reporting): void {
  const { code, shortMessage: message, details, docs } = error;
  const parts = { code, message, details, hint: hintOf(error), docs };
  const trace = verbose ? { trace: traceOf(error) } : {};
  if (json) printLine({ [kind]: Object.fromEntries(entriesOf({ ...parts, ...trace })) }, process.stderr);
  else process.stderr.write(textOf(kind, parts, verbose ? traceOf(error) : []));
}

type Parts = Record<"code" | "message" | "docs", string> & Record<"details" | "hint", string | undefined>;

function entriesOf(parts: object): [string, unknown][] {
  return Object.entries(parts).map(([name, value]: [string, unknown]) => {
    if (Array.isArray(value)) return [name, value.map((line) => redacted(String(line)))];
    return [name, typeof value === "string" ? redacted(value) : value];
  });
}

function textOf(kind: string, { code, message, details, hint, docs }: Parts, trace: readonly string[]): string {
  const lines = [`${code}: ${message}`];
  if (details !== undefined) lines.push(`  Details: ${details}`);
  if (hint !== undefined) lines.push(`  Hint: ${hint}`);
  lines.push(`  Docs: ${docs}`, ...trace.map((line) => `  ${line}`));
  const safe = lines.map((line) => clean(redacted(line))).join("\n");
  return `${paint(kind === "error" ? "red" : "yellow", kind, process.stderr)} ${safe}\n`;
}

/** What the SDK says to programmers, said to whoever types. */
function hintOf(error: ConsentryError): string | undefined {
  if (error instanceof InvalidRunnerError) return "Name the node by its http(s) URL: --rpc <url>.";
  if (error instanceof NoDeploymentError && error.contract === undefined) {
    return "Name the record of the deployment: --deployment deployments/<network>/deployment.json.";
  }
  return error.hint;
}

/** The lines of where an error came from, and what made it fail. */
function traceOf(error: ConsentryError): string[] {
  const chain: Error[] = [];
  error.walk((each) => {
    if (each instanceof Error) chain.push(each);
    return false;
  });
  return chain.flatMap(({ name, message, stack }) => (stack ?? `${name}: ${message}`).split("\n"));
}
