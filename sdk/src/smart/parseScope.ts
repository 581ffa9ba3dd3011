import { InvalidSmartScopeError } from "../errors/smart.js";

/** What of resources a scope asks for. */
export interface SmartScope {
  /** As it was written. */
  text: string;
  /** A resource type, or `*`. */
  type: string;
  /** Of `cruds`, in this order. */
  letters: string;
  /** Search parameters that narrow it. */
  params: (readonly [name: string, value: string])[];
}

const RESOURCES = /^(?:patient|user|system)\/(\*|[A-Z][A-Za-z]{1,63})\.(?:(read|write|\*)|(c?r?u?d?s?)(?:\?(.+))?)$/;

/** How SMART 1 wrote it: https://hl7.org/fhir/smart-app-launch/scopes-and-launch-context.html#scopes-for-requesting-fhir-resources */
const VERSION_1: Readonly<Record<string, string>> = { read: "rs", write: "cud", "*": "cruds" };

/** The scopes of a list, or of a text in which they stand apart by spaces. */
export function scopesIn(scopes: string | readonly string[]): string[] {
  const list = typeof scopes === "string" ? scopes.split(" ") : [...scopes];
  return [...new Set(list)].filter((scope) => scope !== "");
}

/**
 * A scope of resources; those of SMART 1 as version 2 says the same.
 *
 * @returns undefined for a scope that is not of resources, as `launch/patient`
 * @throws InvalidSmartScopeError
 */
export function parseScope(text: string): SmartScope | undefined {
  if (!/^(patient|user|system)\//.test(text)) return undefined;
  const [, type = "", old, letters = "", query] = RESOURCES.exec(text) ?? [];
  const all = old === undefined ? letters : (VERSION_1[old] ?? "");
  if (all === "") throw new InvalidSmartScopeError(text);
  return { text, type, letters: all, params: query === undefined ? [] : paramsIn(query, text) };
}

function paramsIn(query: string, text: string): SmartScope["params"] {
  return query.split("&").map((param) => {
    const at = param.indexOf("=");
    if (at < 1 || at === param.length - 1) throw new InvalidSmartScopeError(text);
    return [param.slice(0, at), decoded(param.slice(at + 1), text)] as const;
  });
}

function decoded(value: string, text: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new InvalidSmartScopeError(text);
  }
}
