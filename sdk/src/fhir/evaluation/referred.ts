import { normal } from "../references.js";
import { walk } from "./walk.js";

const URI_SYSTEM = "urn:ietf:rfc:3986";

/** Everything that a resource refers to, by name. */
export function referencesIn(resource: object, path: string): Set<string> {
  const names = new Set<string>();
  walk(resource, path, ({ reference, identifier }) => {
    if (typeof reference === "string") names.add(normal(reference));
    if (typeof identifier !== "object" || identifier === null || Array.isArray(identifier)) return;
    const { system, value } = identifier as { system?: unknown; value?: unknown };
    if (typeof value === "string")
      names.add(system === URI_SYSTEM ? normal(value) : `${typeof system === "string" ? system : ""}|${value}`);
  });
  return names;
}
