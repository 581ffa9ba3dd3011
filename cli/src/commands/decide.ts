import type { Client, DecisionAtBlock } from "@consentry/sdk";
import type { Command } from "commander";
import { open } from "../connection/open.js";
import { type ExitCode, OK, REFUSED } from "../exitCodes.js";
import { CLINIC, examples, PATIENT } from "../help.js";
import { act } from "../options/act.js";
import type { GlobalOptions } from "../options/globals.js";
import { aboutOf, questionOf, type QuestionOptions, withQuestion } from "../options/question.js";
import { decisionRows } from "../output/decisions.js";
import { printDocument } from "../output/json.js";
import { details } from "../output/tables.js";

const DESCRIPTION = `Decide whether a grantee may do something with data of a patient.

To release a registered record give --record without --patient and --categories: its own patient and labels count.`;

/** Adds `decide`: exits with 0 only for what is permitted without a condition, now. */
export function addDecide(program: Command, done: (code: ExitCode) => void): void {
  const command = withQuestion(program.command("decide"))
    .summary("decide whether a grantee may do something with data of a patient")
    .description(DESCRIPTION)
    .addHelpText(
      "after",
      examples(
        `consentry decide --patient ${PATIENT} --grantee ${CLINIC} --categories LABS,NOTES --purpose TREAT`,
        `consentry decide --patient ${PATIENT} --grantee ${CLINIC} --categories LABS --purpose TREAT --at finalized --json`,
      ),
    );
  act(command, done, decide);
}

async function decide(options: QuestionOptions & GlobalOptions): Promise<ExitCode> {
  const ask = questioning(options);
  const decision = await ask(await open(options));
  if (options.json) printDocument(decision);
  else process.stdout.write(details(decisionRows(decision)));
  return decision.permitted ? OK : REFUSED;
}

/** What to ask, once it is known that the command line makes sense. */
function questioning(options: QuestionOptions): (client: Client) => Promise<DecisionAtBlock> {
  const { patient, categories, at } = options;
  const { record, ...about } = aboutOf(options);
  if (record === undefined || patient !== undefined || categories !== undefined) {
    const question = questionOf(options);
    return ({ consents }) => consents.decide(question, { at });
  }
  return ({ records }) => records.decide({ ...about, record }, { at });
}
