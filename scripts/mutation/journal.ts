/** What was found so far, one line of JSON for each mutant, so that an interrupted run goes on where it stopped. */
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ROOT } from "../deployment/settings.js";
import type { Mutant } from "./mutants.js";
import type { Tried } from "./pool.js";

const PATH = join(ROOT, "cache", "mutation", "journal.jsonl");

export type Entry = Mutant & Tried;

/** The journal of these very contracts and tests; one of others is begun anew. */
export class Journal {
  readonly entries = new Map<string, Entry>();

  /** @param parts all that the results depend on */
  constructor(parts: readonly string[]) {
    const state = createHash("sha256").update(parts.join("\0")).digest("hex");
    const [first = "", ...lines] = existsSync(PATH) ? readFileSync(PATH, "utf8").split("\n") : [];
    if (first !== state) {
      mkdirSync(dirname(PATH), { recursive: true });
      writeFileSync(PATH, `${state}\n`);
      return;
    }
    for (const line of lines) if (line !== "") this.#keep(JSON.parse(line) as Entry);
  }

  add(mutant: Mutant, tried: Tried): void {
    const entry = { ...mutant, ...tried };
    this.#keep(entry);
    appendFileSync(PATH, `${JSON.stringify(entry)}\n`);
  }

  #keep(entry: Entry): void {
    this.entries.set(entry.id, entry);
  }
}
