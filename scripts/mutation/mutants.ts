/** All mutants of the contracts, always in the same order and by the same names. */
import { createHash } from "node:crypto";
import { basename } from "node:path";
import { compile, errorsIn } from "../solidity/compile.js";
import { isOfPackage, type Sources } from "../solidity/sources.js";
import { childrenOf, nodesIn, placeOf, type Node } from "./ast.js";
import { OPERATORS, type Change, type Text } from "./operators.js";

export interface Mutant extends Change {
  /** Stays the same while the function that it is made of does. */
  id: string;
  file: string;
  /** The name of the file, without folder and ending. */
  contract: string;
  function: string;
  operator: string;
  line: number;
  /** What was there before. */
  original: string;
}

const EXCLUDED = /^contracts\/(mocks|interfaces)\/|\/Codes\.sol$/;

export function mutantsOf(sources: Sources): Mutant[] {
  const output = compile(sources, { outputSelection: { "*": { "": ["ast"] } } });
  const errors = errorsIn(output);
  if (errors.length > 0) throw new Error(errors.join("\n"));
  const trees = Object.entries(output.sources).map(([file, { ast }]) => [file, ast as unknown as Node] as const);
  const enums = new Map(trees.flatMap(([, tree]) => enumsIn(tree)));
  return trees
    .filter(([file]) => !isOfPackage(file) && !EXCLUDED.test(file))
    .flatMap(([file, tree]) => mutantsIn(file, tree, Buffer.from(sources[file] ?? ""), enums));
}

type Enums = Map<number, string[]>;

function enumsIn(node: Node): [number, string[]][] {
  if (node.nodeType !== "EnumDefinition") return childrenOf(node).flatMap(enumsIn);
  const members = nodesIn(node, "members");
  const names = members.map(({ name }) => String(name));
  return members.map(({ id }) => [id as number, names]);
}

function mutantsIn(file: string, tree: Node, bytes: Buffer, enums: Enums): Mutant[] {
  const text: Text = {
    of: (node) => textAt(bytes, placeOf(node)),
    enumOf: (id) => enums.get(id),
  };
  const seen = new Map<string, number>();
  const mutants: Mutant[] = [];
  walk(tree, "", (node, name) => {
    for (const [operator, changes] of Object.entries(OPERATORS)) {
      for (const change of changes(node, text)) mutants.push(describe(change, operator, name));
    }
  });
  return withoutTwins(mutants);

  function describe(change: Change, operator: string, name: string): Mutant {
    const original = textAt(bytes, change);
    const key = [file, name, original, change.text].join("\0");
    const nth = seen.get(key) ?? 0;
    seen.set(key, nth + 1);
    const contract = basename(file, ".sol");
    const hash = createHash("sha256").update(`${key}\0${nth}`).digest("hex").slice(0, 8);
    const line = textAt(bytes, { start: 0, end: change.start }).split("\n").length;
    return { id: `${contract}-${hash}`, file, contract, function: name, operator, line, original, ...change };
  }
}

/** Without those that another operator has made already. */
function withoutTwins(mutants: Mutant[]): Mutant[] {
  const keys = mutants.map(({ start, end, text }) => `${start}:${end}:${text}`);
  return mutants.filter((_, i) => keys.indexOf(keys[i] ?? "") === i);
}

/** Visits all nodes but assembly, with the name of the function or constant that they are in. */
function walk(node: Node, name: string, visit: (node: Node, name: string) => void): void {
  if (node.nodeType === "InlineAssembly" || node.nodeType === "ArrayTypeName") return;
  const own = ["FunctionDefinition", "ModifierDefinition"].includes(node.nodeType) || node.constant === true;
  const inner = own ? String(node.name === "" ? node.kind : node.name) : name;
  visit(node, inner);
  for (const child of childrenOf(node)) walk(child, inner, visit);
}

export function textAt(bytes: Buffer, { start, end }: { start: number; end: number }): string {
  return bytes.subarray(start, end).toString("utf8");
}

/** The text of the file with the mutant's fault. */
export function mutate(original: string, { start, end, text }: Change): string {
  const bytes = Buffer.from(original);
  return textAt(bytes, { start: 0, end: start }) + text + textAt(bytes, { start: end, end: bytes.length });
}
