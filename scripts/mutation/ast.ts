/** As much of the compiler's syntax tree as mutating needs. */

export interface Node {
  nodeType: string;
  /** `offset:length:file`, in bytes. */
  src: string;
  [key: string]: unknown;
}

/** The node's place in the text, in bytes. */
export function placeOf({ src }: Node): { start: number; end: number } {
  const [start = 0, length = 0] = src.split(":").map(Number);
  return { start, end: start + length };
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "nodeType" in value && "src" in value;
}

export function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flatMap((value): unknown => value)
    .filter(isNode);
}

export function nodesIn(node: Node, key: string): Node[] {
  const value = node[key];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

export function nodeIn(node: Node, key: string): Node | undefined {
  return isNode(node[key]) ? node[key] : undefined;
}

/** The type of an expression as the compiler spells it. */
export function typeOf(node: Node | undefined): string {
  const types = node?.typeDescriptions as { typeString?: string } | undefined;
  return types?.typeString ?? "";
}
