import { type Json, objectAt, textAt } from "./elements.js";

/** All the names of one thing, as in `Patient/1`, `https://ehr.example/fhir/Patient/1` or `system|value` of an identifier. */
export type Names = readonly string[];

/** Whether two things are the same; `unclear`: they are named in ways that can't be compared. */
export type Sameness = "same" | "other" | "unclear";

const URI_SYSTEM = "urn:ietf:rfc:3986";
const RELATIVE = /^[A-Z][A-Za-z]*\/[^/|#]+$/;

/** The names in a Reference: where it points, and its identifier. None if it has but words. */
export function referenceAt(value: unknown, path: string): Names {
  const { reference, identifier } = objectAt(value, path);
  const pointed = textAt(reference, `${path}.reference`);
  // What is contained has no name outside; nobody could look it up.
  const names = pointed === "" || pointed.startsWith("#") ? [] : [normal(pointed)];
  if (identifier === undefined) return names;
  return [...names, ...identifierAt(identifier, `${path}.identifier`)];
}

/** The name in an Identifier; none if it has no value. */
export function identifierAt(value: unknown, path: string): Names {
  const identifier = objectAt(value, path);
  const system = textAt(identifier["system"], `${path}.system`);
  const text = textAt(identifier["value"], `${path}.value`);
  return text === "" ? [] : [system === URI_SYSTEM ? normal(text) : `${system}|${text}`];
}

/** The names of a resource itself: its id, and its identifiers. */
export function ownNames(resource: Json, type: string, path: string): Names {
  const id = textAt(resource["id"], `${path}.id`);
  const names = id === "" ? [] : [`${type}/${id}`];
  const { identifier } = resource;
  if (identifier === undefined) return names;
  const list = Array.isArray(identifier) ? identifier : [identifier];
  return [...names, ...list.flatMap((each, i) => identifierAt(each, `${path}.identifier[${i}]`))];
}

/** One name as everything is compared: without version, addresses of the chain and UUIDs in lower case. */
export function normal(name: string): string {
  const history = name.indexOf("/_history/");
  const plain = history < 0 ? name : name.slice(0, history);
  return /^(did:pkh:eip155:|urn:uuid:)/i.test(plain) ? plain.toLowerCase() : plain;
}

/** Compares two things by their names: one name in common, or names of one namespace that differ. */
export function compare(one: Names, other: Names): Sameness {
  if (one.some((name) => other.includes(name))) return "same";
  const spaces = one.map(namespaceOf);
  return other.some((name) => spaces.includes(namespaceOf(name))) ? "other" : "unclear";
}

/**
 * Compares two parties by their names. One party may be resources of several types: who is asked for as an organization may
 * be the practitioner who works there, so that only names of one type tell them apart.
 */
export function compareParties(one: Names, other: Names): Sameness {
  const sameness = compare(one, other);
  if (sameness !== "other") return sameness;
  const spaces = one.map(typedNamespaceOf);
  return other.some((name) => spaces.includes(typedNamespaceOf(name))) ? "other" : "unclear";
}

function typedNamespaceOf(name: string): string {
  const namespace = namespaceOf(name);
  const isTyped = namespace === "" || namespace.startsWith("http");
  return isTyped && !namespace.endsWith("|") ? name.slice(0, name.lastIndexOf("/") + 1) : namespace;
}

/** Where a name is unique. */
function namespaceOf(name: string): string {
  if (RELATIVE.test(name)) return "";
  const bar = name.lastIndexOf("|");
  if (bar >= 0) return name.slice(0, bar + 1);
  const [last, before] = [name.lastIndexOf("/"), name.lastIndexOf("/", name.lastIndexOf("/") - 1)];
  if (name.startsWith("http") && before > 0) return name.slice(0, before + 1);
  return name.slice(0, Math.max(last, name.lastIndexOf(":")) + 1);
}
