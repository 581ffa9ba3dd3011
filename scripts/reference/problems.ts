/** What is public and not documented as it should be. */
import ts from "typescript";
import { type Comment, commentOf, errorsIn } from "./comments.js";
import type { Page } from "./pages.js";
import { isError } from "./render.js";

/** Each in a few words; none if all is well. */
export function problemsOf(pages: readonly Page[]): string[] {
  const exported = pages.flatMap((page) => page.exported);
  const errors = new Set(exported.map(({ name }) => name));
  const actions = pages.flatMap(({ area }) =>
    area === undefined ? [] : area.actions.map((each) => [area, each] as const),
  );
  return [
    ...pages
      .filter(({ summary }) => summary === "")
      .map(({ name }) => `scripts/reference/pages.ts has no summary of ${name}`),
    ...actions.flatMap(([area, { name, comment }]) => lacks(`${area.title}.${name}`, comment, true, errors)),
    ...exported.flatMap(({ name, node }) => {
      if (isContractError(node)) return [];
      const comment = commentOf(ts.isVariableDeclaration(node) ? node.parent.parent : node);
      const isCalled = ts.isFunctionDeclaration(node) || (ts.isClassDeclaration(node) && !isError(name));
      return lacks(name, comment, isCalled, errors);
    }),
  ];
}

function lacks(name: string, comment: Comment, isCalled: boolean, errors: ReadonlySet<string>): string[] {
  const problems = [];
  if (comment.text === "") problems.push(`${name} has no comment`);
  if (isCalled && comment.examples.length === 0) problems.push(`${name} has no example`);
  const unknown = errorsIn(comment.throws).filter((each) => !errors.has(each));
  if (unknown.length > 0) problems.push(`${name} throws ${unknown.join(", ")}, which nobody can import`);
  return problems;
}

/** The custom errors of the contracts are documented by message and hint, which docs/errors.md shows. */
function isContractError(node: ts.Node): boolean {
  return ts.isClassDeclaration(node) && node.heritageClauses?.[0]?.getText().includes("define(") === true;
}
