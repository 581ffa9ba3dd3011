import { InvalidStatementTextsError } from "../errors/statements.js";

const PLACEHOLDER = /\{(\w+)\}/g;

/** A template with its values, none of which is searched for placeholders again; throws {@link InvalidStatementTextsError}. */
export function fill(path: string, template: string, values: Readonly<Record<string, string>>): string {
  const found = [...template.matchAll(PLACEHOLDER)].map(([, name]) => name).sort();
  const names = Object.keys(values).sort();
  if (found.join() !== names.join() || template.includes("\n")) {
    throw new InvalidStatementTextsError(
      path,
      `one line with each of ${names.map((name) => `{${name}}`).join(", ")} once`,
    );
  }
  return template.replace(PLACEHOLDER, (_, name: string) => values[name] ?? "");
}

/** Names in a row; throws {@link InvalidStatementTextsError} where a list could be read in two ways. */
export function inARow<Name extends string>(
  path: string,
  names: readonly Name[],
  texts: Readonly<Record<Name, string>>,
): string {
  requireDistinct(path, texts);
  return names.map((name) => texts[name]).join(", ");
}

function requireDistinct(path: string, texts: Readonly<Record<string, string>>): void {
  const seen = new Set<string>();
  for (const [name, text] of Object.entries(texts)) {
    if (!/^[^,;\n{}]+$/.test(text) || text.trim() !== text || seen.has(text)) {
      throw new InvalidStatementTextsError(`${path}.${name}`, "unlike all others, without comma, semicolon and braces");
    }
    seen.add(text);
  }
}
