/** The shape of codes.json, and the rules that it must keep. */

export interface Row {
  bit: number;
  name: string;
  text: string;
  /** Codes of this row, by short name of their system; the first is the one that is written. */
  codings: Record<string, string[]>;
}

export interface CategoryRow extends Row {
  parent: string | null;
  resourceTypes?: string[];
  source?: string;
}

export interface PurposeRow extends Row {
  parent: string | null;
  /** Neither a parent nor an absent purpose expands into it. */
  explicitOnly: boolean;
  /** HL7 sub-codes without a bit of their own. */
  subCodes: string[];
}

export interface CodeTables {
  systems: Record<string, { url: string; bareCodes: boolean }>;
  /** Security labels that say nothing sensitive, by short name of their system. */
  plainLabels: Record<string, string[]>;
  categories: CategoryRow[];
  purposes: PurposeRow[];
  actions: Row[];
}

export const KIND_BITS = 32;
export const BREAK_GLASS = "BTG";

/** Roots of the purpose families in the order of their bits; break-glass belongs to none. */
export function familyRoots(tables: CodeTables): PurposeRow[] {
  return tables.purposes.filter((row) => row.parent === null && row.name !== BREAK_GLASS);
}

/** The root of a purpose's family. */
export function rootOf(tables: CodeTables, row: PurposeRow): PurposeRow {
  const parent = tables.purposes.find(({ name }) => name === row.parent);
  return parent === undefined ? row : rootOf(tables, parent);
}

/** The members of the family of `root`, itself included. */
export function familyMembers(tables: CodeTables, root: PurposeRow): PurposeRow[] {
  return tables.purposes.filter((row) => rootOf(tables, row) === root);
}

/** The rows as one bitmask. */
export function maskOf(rows: readonly Row[]): bigint {
  return rows.reduce((mask, { bit }) => mask | (1n << BigInt(bit)), 0n);
}

/** Everything that is wrong with the tables, one short sentence each. */
export function problemsOf(tables: CodeTables): string[] {
  return [
    ...tableProblems(tables, "categories", 64),
    ...tableProblems(tables, "purposes", 32),
    ...tableProblems(tables, "actions", 8),
    ...systemProblems(tables),
    ...parentProblems("category", tables.categories),
    ...parentProblems("purpose", tables.purposes),
    ...kindProblems(tables.categories),
    ...familyProblems(tables),
  ];
}

function tableProblems(tables: CodeTables, table: "categories" | "purposes" | "actions", width: number): string[] {
  const rows: readonly Row[] = tables[table];
  const outside = rows.filter(({ bit }) => !Number.isInteger(bit) || bit < 0 || bit >= width);
  const untold = rows.filter(({ name, text }) => !/^[A-Za-z][A-Za-z_]*$/.test(name) || text.trim() !== text || !text);
  const disorder = rows.filter(({ bit }, index) => bit < (rows[index - 1]?.bit ?? 0));
  return [
    ...outside.map(({ name, bit }) => `${table}: bit ${bit} of ${name} is not in 0..${width - 1}`),
    ...untold.map(({ name }) => `${table}: ${name} has a bad name or no text`),
    ...disorder.map(({ name }) => `${table}: ${name} stands out of order`),
    ...repeated(rows.map(({ bit }) => String(bit))).map((bit) => `${table}: bit ${bit} is used twice`),
    ...repeated(codingKeys(rows)).map((key) => `${table}: coding ${key} is used twice`),
    ...repeated(rows.flatMap((row) => wordsOf(tables, row))).map((word) => `${table}: ${word} means two rows`),
  ];
}

/** What a caller may write for a row: its name, and its codes of systems whose codes may stand alone. */
function wordsOf(tables: CodeTables, row: Row): string[] {
  const bare = Object.entries(row.codings).filter(([system]) => tables.systems[system]?.bareCodes);
  return [...new Set([row.name, ...bare.flatMap(([, codes]) => codes)])];
}

function codingKeys(rows: readonly Row[]): string[] {
  return rows.flatMap(({ codings }) =>
    Object.entries(codings).flatMap(([system, codes]) => codes.map((code) => `${system}#${code}`)),
  );
}

function systemProblems(tables: CodeTables): string[] {
  const rows = [...tables.categories, ...tables.purposes, ...tables.actions];
  const used = [...rows.flatMap(({ codings }) => Object.keys(codings)), ...Object.keys(tables.plainLabels)];
  const unknown = new Set(used.filter((system) => !(system in tables.systems)));
  const plain = Object.entries(tables.plainLabels).flatMap(([system, codes]) => codes.map((c) => `${system}#${c}`));
  const labels = new Set(codingKeys(tables.categories));
  return [
    ...[...unknown].map((system) => `system ${system} is not defined`),
    ...repeated(Object.values(tables.systems).map(({ url }) => url)).map((url) => `${url} is defined twice`),
    ...plain.filter((key) => labels.has(key)).map((key) => `${key} is a plain label and has a bit`),
  ];
}

function parentProblems(kind: string, rows: readonly (CategoryRow | PurposeRow)[]): string[] {
  const bits = new Map(rows.map(({ name, bit }) => [name, bit]));
  return rows
    .filter(({ parent, bit }) => parent !== null && !((bits.get(parent) ?? Infinity) < bit))
    .map(({ name, parent }) => `${kind} ${name}: parent ${parent} is not defined before it`);
}

function kindProblems(rows: readonly CategoryRow[]): string[] {
  const types = rows.flatMap(({ resourceTypes }) => resourceTypes ?? []);
  const misplaced = rows.filter((row) => row.bit < KIND_BITS !== (row.resourceTypes !== undefined));
  const unsourced = rows.filter((row) => row.bit < KIND_BITS && !row.source);
  return [
    ...repeated(types).map((type) => `resource type ${type} has two kinds`),
    ...misplaced.map(({ name }) => `category ${name}: kinds of data have resourceTypes, sensitivity has none`),
    ...unsourced.map(({ name }) => `category ${name} has no source`),
  ];
}

function familyProblems(tables: CodeTables): string[] {
  const subCodes = tables.purposes.flatMap((row) => [row.name, ...row.subCodes]);
  const broken = familyRoots(tables).filter((root) => {
    const bits = familyMembers(tables, root).map(({ bit }) => bit);
    return Math.max(...bits) - Math.min(...bits) + 1 !== bits.length;
  });
  const breakGlass = tables.purposes.find(({ name }) => name === BREAK_GLASS);
  const alone = breakGlass?.bit === 31 && breakGlass.parent === null && breakGlass.explicitOnly;
  return [
    ...broken.map(({ name }) => `the family of ${name} is not contiguous`),
    ...repeated(subCodes).map((code) => `purpose ${code} stands twice`),
    ...(alone ? [] : [`${BREAK_GLASS} must stand alone at bit 31 and be explicit only`]),
  ];
}

function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
