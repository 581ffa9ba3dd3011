/**
 * Writes docs/roles.md from the table that the test of the roles goes by.
 *
 *     npm run docs            writes it
 *     npm run docs:check      fails if it is not what would be written
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { format } from "prettier";
import { type ContractName, type Role, ROLES, type Row, TABLE } from "../test/contracts/roles.table.js";
import { OperatorError, runCommand } from "./deployment/errors.js";
import { ROOT } from "./deployment/settings.js";

const PATH = join(ROOT, "docs", "roles.md");

const INTRODUCTION = `# Who may call what

<!-- Written by \`npm run docs\`: do not edit. -->

Every function that changes something, and who may call it for a provider (the clinic of the tests) or a patient; whoever is not named is refused with the error. A test calls each function in each role and compares. A member acts for the organization that listed it. Whatever a role may here, none but the patient's own keys and representatives can say a word for the patient, none can hinder a withdrawal, and break-glass is the one exception, bounded and logged. What is signed can be delivered by anybody, and is nobody's word but the signer's.

The roles of the \`AccessManager\` are \`ADMIN_ROLE\` (0) and \`DIRECTORY\` (1), which the consortium holds, and \`REVIEWER\` (2); [deployment.md](deployment.md) tells with which delays. A key that holds a role with a delay must announce each call with \`schedule\`; in the tests' suite nobody waits, so nobody has anything to announce.
`;

/** What a function's name does not tell. */
const NOTES: Partial<Record<ContractName, string>> = {
  AuditLog:
    "Anybody may ask for access in its own name, and anchor entries of its own; the table tells who may do it in the provider's.",
  AccessManager:
    "`renounceRole` gives up a role that the caller itself holds, `multicall` makes calls each of which is checked as if it were made alone, `execute` and `schedule` reach what the caller's roles reach, and `consumeScheduledOp` is for the governed contracts. `cancel` takes an administrator, or whoever announced the call.",
};

function section(contract: ContractName): string {
  const rows = Object.entries(TABLE[contract]).map(
    ([name, row]) => `| \`${name}\` | ${holders(row)} | ${refusal(row)} |`,
  );
  const table = ["| function | who may | everybody else |", "| --- | --- | --- |", ...rows].join("\n");
  return [`## ${contract}`, NOTES[contract] ?? "", table].filter((part) => part !== "").join("\n\n");
}

function holders({ may }: Row): string {
  if (may.length === 0) return "nobody";
  return may.length === Object.keys(ROLES).length ? "anybody" : may.map((role) => ROLES[role]).join(", ");
}

function refusal({ may, refusal: common, but = {} }: Row): string {
  if (may.length === Object.keys(ROLES).length) return "";
  const told = (error: string) => (error === "" ? "no reason" : `\`${error}\``);
  const exceptions = Object.entries(but).map(([role, error]) => `${ROLES[role as Role]}: ${told(error)}`);
  return [told(common), ...exceptions].join("; ");
}

await runCommand(async () => {
  const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
  const page = [INTRODUCTION, ...(Object.keys(TABLE) as ContractName[]).map(section)].join("\n\n");
  const text = await format(page, { parser: "markdown", printWidth: 120 });
  if (!values.check) writeFileSync(PATH, text);
  else if (readFileSync(PATH, "utf8") !== text) {
    throw new OperatorError("docs/roles.md is not up to date: run `npm run docs` and commit it.");
  }
});
