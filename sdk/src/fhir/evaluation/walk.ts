import { MalformedResourceError } from "../../errors/fhir.js";

/** Elements of one resource, more than any real one has; bounds the work on hostile input. */
const MOST_NODES = 1_000_000;

/**
 * Visits every object in a resource, at any depth, without recursion.
 *
 * @throws MalformedResourceError if it never ends
 */
export function walk(
  resource: object,
  path: string,
  visit: (element: Readonly<Record<string, unknown>>) => void,
): void {
  const open: object[] = [resource];
  let nodes = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    nodes++;
    if (nodes > MOST_NODES) throw new MalformedResourceError(path, `of at most ${MOST_NODES} elements`);
    if (!Array.isArray(next)) visit(next as Readonly<Record<string, unknown>>);
    for (const value of Object.values(next) as unknown[]) {
      if (typeof value === "object" && value !== null) open.push(value);
    }
  }
}
