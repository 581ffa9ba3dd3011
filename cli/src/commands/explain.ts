import type { Explanation, HeardWord, Missing } from "@consentry/sdk";
import type { Command } from "commander";
import { open } from "../connection/open.js";
import { type ExitCode, OK } from "../exitCodes.js";
import { CLINIC, examples, PATIENT } from "../help.js";
import { act } from "../options/act.js";
import type { GlobalOptions } from "../options/globals.js";
import { questionOf, type QuestionOptions, withQuestion } from "../options/question.js";
import { decisionRows } from "../output/decisions.js";
import { printDocument } from "../output/json.js";
import { type Cell, details, listing } from "../output/tables.js";
import { partyText, periodText, scopeText, termsText, timeText } from "../output/words.js";

/** Adds `explain`. */
export function addExplain(program: Command, done: (code: ExitCode) => void): void {
  const command = withQuestion(program.command("explain"))
    .summary("explain a decision, or what a permit would need")
    .description("Explain a decision: which consents it rests on, who said them and when; or what would be needed.")
    .addHelpText(
      "after",
      examples(
        `consentry explain --patient ${PATIENT} --grantee ${CLINIC} --categories LABS,PSY --purpose TREAT`,
        `consentry explain --patient ${PATIENT} --grantee ${CLINIC} --categories LABS --purpose HRESCH --json`,
      ),
    );
  act(command, done, explain);
}

async function explain(options: QuestionOptions & GlobalOptions): Promise<ExitCode> {
  const question = questionOf(options);
  const { consents } = await open(options);
  const explanation = await consents.explain(question, { at: options.at });
  if (options.json) printDocument(explanation);
  else process.stdout.write(textOf(explanation));
  return OK;
}

function textOf(explanation: Explanation): string {
  const { heard, missing, provider } = explanation;
  const standing = provider === undefined ? undefined : provider.standing;
  const rows = [...decisionRows(explanation), ["Missing", missingText(missing)], ["Standing", standing]] as const;
  const head = ["Says", "To, in", "What", "Who, where"];
  return `${details(rows)}\n${listing(head, heard.map(rowOf), "No consent was heard.")}`;
}

function missingText({ categories, purposes, actions }: Missing): string | undefined {
  const names = [...categories, ...purposes, ...actions];
  return names.length === 0 ? undefined : names.join(", ");
}

function rowOf({ says, holder, scope, terms, statedAt, by, transaction, endedBy }: HeardWord): Cell[] {
  const period = terms === undefined ? [] : [periodText(terms)];
  const ended = endedBy === undefined ? [] : [`ended by ${endedBy.type} up to ${timeText(endedBy.until)}`];
  return [
    says,
    [partyText(holder), scopeText(scope)],
    [termsText(terms), ...period, ...ended],
    [`said ${timeText(statedAt)}`, `by ${by ?? "unknown"}`, transaction ?? "transaction unknown"],
  ];
}
