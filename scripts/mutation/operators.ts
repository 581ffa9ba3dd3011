/** What is done to the contracts: each operator makes one kind of fault. */
import { nodeIn, nodesIn, placeOf, typeOf, type Node } from "./ast.js";

/** A piece of text, by bytes, and what takes its place. */
export interface Change {
  start: number;
  end: number;
  text: string;
}

export interface Text {
  /** The text of a node. */
  of: (node: Node) => string;
  /** The names of an enum's members, by the id of one of them. */
  enumOf: (id: number) => string[] | undefined;
}

export type Operator = (node: Node, text: Text) => Change[];

const SWAPS: Record<string, Record<string, string[]>> = {
  comparison: {
    "<": ["<=", ">="],
    "<=": ["<", ">"],
    ">": [">=", "<="],
    ">=": [">", "<"],
    "==": ["!="],
    "!=": ["=="],
  },
  logic: { "&&": ["||"], "||": ["&&"] },
  arithmetic: { "+": ["-"], "-": ["+"], "*": ["/"], "/": ["*"], "%": ["*"] },
  bits: { "&": ["|"], "|": ["&"], "^": ["&"], "<<": [">>"], ">>": ["<<"] },
};

function replace(node: Node, text: string): Change {
  return { ...placeOf(node), text };
}

/** The operator of `a op b` becomes another one. */
function swap(swaps: Record<string, string[]>): Operator {
  return (node, text) => {
    const [left, right] = [nodeIn(node, "leftExpression"), nodeIn(node, "rightExpression")];
    if (node.nodeType !== "BinaryOperation" || !left || !right) return [];
    const others = swaps[node.operator as string] ?? [];
    return others.map((other) => replace(node, `(${text.of(left)} ${other} ${text.of(right)})`));
  };
}

/** `a && b` becomes `a` or `b`. */
const operand: Operator = (node, text) => {
  if (node.nodeType !== "BinaryOperation" || !["&&", "||"].includes(node.operator as string)) return [];
  const sides = [nodeIn(node, "leftExpression"), nodeIn(node, "rightExpression")];
  return sides.filter((side) => side !== undefined).map((side) => replace(node, text.of(side)));
};

/** `!a` and `~a` become `a`. */
const negation: Operator = (node, text) => {
  const inner = nodeIn(node, "subExpression");
  if (node.nodeType !== "UnaryOperation" || !inner) return [];
  return ["!", "~"].includes(node.operator as string) ? [replace(node, text.of(inner))] : [];
};

/** The condition of a branch is always or never met. */
const condition: Operator = (node) => {
  const asked = ["IfStatement", "Conditional"].includes(node.nodeType) ? nodeIn(node, "condition") : undefined;
  return asked ? [replace(asked, "true"), replace(asked, "false")] : [];
};

const REMOVABLE: Record<string, (statement: Node, text: string) => boolean> = {
  require: ({ nodeType }, text) => nodeType === "ExpressionStatement" && /^(require|_require)/.test(text),
  emit: ({ nodeType }) => nodeType === "EmitStatement",
  statement: ({ nodeType }, text) => nodeType === "ExpressionStatement" && !/^(require|_require)/.test(text),
};

/** The semicolon, which is no part of the node, goes too. */
function remove(kind: string): Operator {
  return (node, text) => {
    const { start, end } = placeOf(node);
    return REMOVABLE[kind]?.(node, text.of(node)) ? [{ start, end: end + 1, text: "{}" }] : [];
  };
}

/** A function returns the zero of its type, or true. */
const returned: Operator = (node, text) => {
  const value = node.nodeType === "Return" ? nodeIn(node, "expression") : undefined;
  if (!value) return [];
  return constantsOf(typeOf(value))
    .filter((constant) => constant !== text.of(value))
    .map((constant) => replace(value, constant));
};

function constantsOf(type: string): string[] {
  if (type === "bool") return ["true", "false"];
  if (type === "address") return ["address(0)"];
  if (/^(uint|bytes)\d+$/.test(type)) return [`${type}(0)`];
  const [, name] = /^enum (?:\w+\.)?(\w+)$/.exec(type) ?? [];
  if (name !== undefined) return [`${name}(0)`];
  return /^[A-Z]\w*$/.test(type) ? [`${type}.wrap(0)`] : [];
}

/** A modifier is taken away. */
const modifier: Operator = (node) =>
  nodesIn(node, "modifiers")
    .filter(({ kind }) => kind === "modifierInvocation")
    .map((one) => replace(one, ""));

/** A number is one more or one less, a truth value the other one. */
const literal: Operator = (node) => {
  if (node.nodeType !== "Literal") return [];
  const value = String(node.value);
  if (node.kind === "bool") return [replace(node, value === "true" ? "false" : "true")];
  if (node.kind !== "number" || !/^(0x[0-9a-f]+|[\d_]+)$/i.test(value)) return [];
  const number = BigInt(value.replaceAll("_", ""));
  const unit = typeof node.subdenomination === "string" ? ` ${node.subdenomination}` : "";
  const others = number === 0n ? [1n] : [number + 1n, number - 1n];
  return others.map((other) => replace(node, spell(other, value) + unit));
};

/** In the notation of the number that it replaces, with the same digits. */
function spell(number: bigint, like: string): string {
  return like.startsWith("0x") ? `0x${number.toString(16).padStart(like.length - 2, "0")}` : String(number);
}

/** A member of an enum becomes the next one. */
const member: Operator = (node, text) => {
  if (node.nodeType !== "MemberAccess" || !typeOf(node).startsWith("enum ")) return [];
  const names = text.enumOf(node.referencedDeclaration as number);
  const holder = nodeIn(node, "expression");
  if (!names || !holder) return [];
  const next = names[(names.indexOf(node.memberName as string) + 1) % names.length];
  return next === undefined ? [] : [replace(node, `${text.of(holder)}.${next}`)];
};

/** Two arguments of one type, side by side, change places; where their order means anything. */
const order: Operator = (node, text) => {
  if (node.nodeType !== "FunctionCall") return [];
  const called = nodeIn(node, "expression");
  if (called && /^Math\.(max|min)$/.test(text.of(called))) return [];
  const values = nodesIn(node, "arguments");
  return values.slice(1).flatMap((second, i) => {
    const first = values[i];
    if (!first || typeOf(first) !== typeOf(second) || text.of(first) === text.of(second)) return [];
    const { start } = placeOf(first);
    return [{ start, end: placeOf(second).end, text: `${text.of(second)}, ${text.of(first)}` }];
  });
};

/** `|=` and the like become another assignment. */
const assignment: Operator = (node, text) => {
  const [left, right] = [nodeIn(node, "leftHandSide"), nodeIn(node, "rightHandSide")];
  const others = { "+=": "-=", "-=": "+=", "|=": "&=", "&=": "|=" }[String(node.operator)];
  if (node.nodeType !== "Assignment" || !left || !right || others === undefined) return [];
  return [others, "="].map((other) => replace(node, `${text.of(left)} ${other} ${text.of(right)}`));
};

/** The greater of two becomes the lesser. */
const extreme: Operator = (node, text) => {
  const other = { max: "min", min: "max" }[String(node.memberName)];
  const holder = nodeIn(node, "expression");
  if (node.nodeType !== "MemberAccess" || !holder || other === undefined || text.of(holder) !== "Math") return [];
  return [replace(node, `Math.${other}`)];
};

export const OPERATORS: Record<string, Operator> = {
  ...Object.fromEntries(Object.entries(SWAPS).map(([name, swaps]) => [name, swap(swaps)])),
  operand,
  negation,
  condition,
  ...Object.fromEntries(Object.keys(REMOVABLE).map((kind) => [kind, remove(kind)])),
  returned,
  modifier,
  literal,
  member,
  order,
  assignment,
  extreme,
};
