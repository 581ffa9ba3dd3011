import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Documents of HL7 and IHE, kept outside of the project: see CONTRIBUTING.md. */
const FOLDER = process.env["CONSENTRY_FIXTURES"] ?? join(import.meta.dirname, "../../../../shared/fixtures");

/** A resource that others wrote. */
export interface Fixture {
  resourceType: string;
  id: string;
}

/** Skips what needs the fixtures, in one line; fails where everything must be run. */
export function needFixtures(suite: Mocha.Context): void {
  if (existsSync(FOLDER)) return;
  if (process.env["CI"] === "true")
    throw new Error("The fixtures are missing: set CONSENTRY_FIXTURES to their folder.");
  console.log("      left out: the fixtures of HL7 and IHE are not here (CONSENTRY_FIXTURES)");
  suite.skip();
}

/** One file, parsed. */
export function fixture(...path: string[]): unknown {
  return JSON.parse(readFileSync(join(FOLDER, ...path), "utf8"));
}

/** All resources of one type in a folder. */
export function fixturesIn(folder: string, type: string): Fixture[] {
  const files = readdirSync(join(FOLDER, folder)).filter((file) => file.startsWith(`${type}-`));
  return files.sort().map((file) => fixture(folder, file) as Fixture);
}

/** The files in a folder. */
export function namesIn(folder: string): string[] {
  return readdirSync(join(FOLDER, folder)).sort();
}
