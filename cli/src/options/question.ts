import type { DecideParams } from "@consentry/sdk";
import { type Command, Option } from "commander";
import { UsageError } from "../errors/usage.js";
import { type AtOption, withAt } from "./at.js";
import { toNames } from "./values.js";

/** A question, as the command line asks it. */
export interface QuestionOptions extends AtOption {
  patient?: string;
  grantee: string;
  categories?: string[];
  purpose: string;
  action?: string;
  record?: string;
  programme?: string;
}

/** Adds the options of a question to a command. */
export function withQuestion(command: Command): Command {
  return withAt(command)
    .option("--patient <address>", "whose data")
    .requiredOption("--grantee <address>", "who asks for it")
    .addOption(new Option("--categories <names>", "every category of the data, as LABS,NOTES").argParser(toNames))
    .requiredOption("--purpose <name>", "what for, as TREAT")
    .option("--action <name>", "what is to be done with it", "access")
    .option("--record <id>", "the record in question")
    .option("--programme <id>", "the programme in which it is asked, such as a study");
}

/** The question about categories of a patient's data. */
export function questionOf(options: QuestionOptions): DecideParams {
  const { patient, categories } = options;
  if (patient === undefined) throw missing("--patient");
  if (categories === undefined) throw missing("--categories");
  return { patient, categories, ...aboutOf(options) };
}

/** What is asked besides patient and categories. */
export function aboutOf({ grantee, purpose, action, record, programme }: QuestionOptions) {
  return { grantee, purpose, action, record, programme };
}

function missing(option: string): UsageError {
  return new UsageError(`Required option '${option}' not specified.`);
}
