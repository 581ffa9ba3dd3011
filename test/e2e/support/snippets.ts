/** The code blocks of a page in Markdown, and what they say that they print. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { ROOT } from "./command.js";

/** One fenced block. */
export interface Snippet {
  /** The heading above it, without its signs. */
  heading: string;
  language: string;
  code: string;
}

/** Every fenced block of a page, in order. */
export function snippetsOf(page: string): Snippet[] {
  let heading = "";
  const parts = readFileSync(join(ROOT, page), "utf8").matchAll(/^#+ (.*)$|^```(\w+)\n([^]*?)^```$/gm);
  return [...parts].flatMap(([, title, language, code]) => {
    if (title !== undefined) heading = title;
    return language === undefined || code === undefined ? [] : [{ heading, language, code }];
  });
}

/** Sees to it that lines were printed which a program promises in comments behind its calls, in that order; `...` is anything. */
export function expectPromised(code: string, printed: string): void {
  const lines = printed.split("\n");
  let next = 0;
  for (const promise of promisesIn(code)) {
    const found = lines.findIndex((line, i) => i >= next && matches(line, promise));
    expect(found, `"${promise}" in what was printed:\n${printed}`).to.be.at.least(next);
    next = found + 1;
  }
}

/** What `console.log(...); // this` and `await read(...); // this` say. */
export function promisesIn(code: string): string[] {
  return [...code.matchAll(/^\s*(?:if \(.*\) )?(?:console\.log|await read)\(.*\); \/\/ (.*)$/gm)].map(
    ([, said]) => said!,
  );
}

function matches(line: string, promise: string): boolean {
  const [begin, ...rest] = promise.split("...");
  return rest.length === 0 ? line === promise : line.startsWith(begin!);
}
