/** What the package exports, as the compiler sees it. */
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { ROOT } from "../deployment/settings.js";

const SOURCES = join(ROOT, "sdk/src");

/** The entry file of each path of the package, by what stands behind `@consentry/sdk`. */
function entriesOfPackage(): [path: string, entry: string][] {
  const { exports } = JSON.parse(readFileSync(join(ROOT, "sdk/package.json"), "utf8")) as { exports: object };
  const paths = Object.keys(exports).filter((path) => !path.endsWith(".json"));
  return paths.map((path) => [path.slice(1), join(path, "index.ts")]);
}

/** Something that can be imported. */
export interface Exported {
  name: string;
  /** Where it is imported from, as in `@consentry/sdk/fhir`. */
  from: string;
  /** The folder of its source below sdk/src; empty for those at the top. */
  folder: string;
  /** Whether it has no value, or its value is not exported. */
  isType: boolean;
  node: ts.Declaration;
}

/** The sources of the SDK, parsed and checked. */
export interface Sources {
  checker: ts.TypeChecker;
  exported: readonly Exported[];
  /** A file by its path below sdk/src. */
  file: (path: string) => ts.SourceFile;
}

/** Reads the sources. What several paths export is of the first. */
export function readSources(): Sources {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(ROOT, "sdk/tsconfig.json"),
    {},
    {
      ...ts.sys,
      onUnRecoverableConfigFileDiagnostic: ({ messageText }) => {
        throw new TypeError(ts.flattenDiagnosticMessageText(messageText, "\n"));
      },
    },
  );
  const program = ts.createProgram(config?.fileNames ?? [], config?.options ?? {});
  const checker = program.getTypeChecker();
  const file = (path: string) => present(program.getSourceFile(join(SOURCES, path)), path);
  const exported = new Map<string, Exported>();
  for (const [path, entry] of entriesOfPackage()) {
    for (const each of exportsOf(checker, file(entry), `@consentry/sdk${path}`)) {
      if (!exported.has(each.name)) exported.set(each.name, each);
    }
  }
  return { checker, exported: [...exported.values()], file };
}

function exportsOf(checker: ts.TypeChecker, file: ts.SourceFile, from: string): Exported[] {
  const module = present(checker.getSymbolAtLocation(file), file.fileName);
  return checker.getExportsOfModule(module).map((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const node = present(target.declarations?.[0], symbol.name);
    const path = relative(SOURCES, node.getSourceFile().fileName);
    const folder = path.includes("/") ? (path.split("/")[0] ?? "") : "";
    const isType = (target.flags & ts.SymbolFlags.Value) === 0 || (symbol.declarations ?? []).some(isTypeOnly);
    return { name: symbol.name, from, folder, isType, node };
  });
}

function isTypeOnly(node: ts.Node): boolean {
  return ts.isExportSpecifier(node) && (node.isTypeOnly || node.parent.parent.isTypeOnly);
}

/** What must be there. */
export function present<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new TypeError(`The sources have no ${what}.`);
  return value;
}
