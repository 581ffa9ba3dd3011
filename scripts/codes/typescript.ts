/** The tables as TypeScript constants, so that names are literal types. */
import type { CodeTables, Row } from "./tables.js";

/** Contents of codes.generated.ts, not formatted. */
export function renderTypeScript(tables: CodeTables): string {
  const bareSystems = Object.values(tables.systems)
    .filter(({ bareCodes }) => bareCodes)
    .map(({ url }) => url);
  const categories = tables.categories.map((row) => ({
    ...common(tables, row),
    parent: row.parent,
    resourceTypes: row.resourceTypes ?? [],
  }));
  const purposes = tables.purposes.map((row) => ({
    ...common(tables, row),
    parent: row.parent,
    explicitOnly: row.explicitOnly,
    subCodes: row.subCodes,
  }));
  return `// Generated from codes.json by \`npm run codes\`: do not edit.

${constant("bareSystems", "Systems whose codes are understood without naming the system.", bareSystems)}
${constant("plainLabels", "Security labels that say nothing sensitive.", codingsOf(tables, tables.plainLabels))}
${constant("categoryRows", "Categories: kinds of data in bits 0-31, sensitivity in bits 32-63.", categories)}
${constant("purposeRows", "Purposes of use, each family in one run of bits.", purposes)}
${constant(
  "actionRows",
  "Actions.",
  tables.actions.map((row) => common(tables, row)),
)}`;
}

function common(tables: CodeTables, row: Row): object {
  const { bit, name, text } = row;
  return { bit, name, text, codings: codingsOf(tables, row.codings) };
}

function codingsOf({ systems }: CodeTables, codings: Record<string, string[]>): object[] {
  return Object.entries(codings).flatMap(([short, codes]) =>
    codes.map((code) => ({ system: systems[short]?.url, code })),
  );
}

function constant(name: string, doc: string, value: unknown): string {
  return `/** ${doc} */\nexport const ${name} = ${JSON.stringify(value)} as const;\n`;
}
