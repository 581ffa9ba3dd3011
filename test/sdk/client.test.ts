import { fileURLToPath } from "node:url";
import { expect } from "chai";
import ts from "typescript";
import { fixtures } from "./setup.js";

type Members = Record<string, Record<string, unknown>>;

describe("The client", () => {
  it("shows in the editor what each of its actions does, when it is called", async () => {
    const { as } = await fixtures.deployed();
    const { consents, patients, records, providers, audit } = as.patient;
    const groups = { consents, patients, records, providers, audit } as unknown as Members;
    const names = Object.entries(groups).flatMap(([group, actions]) => {
      return Object.keys(actions).map((action) => `${group}.${action}`);
    });
    expect(names).to.have.length(51);
    const shown = hoverTexts(names.map((name) => `client.${name}`));
    names.forEach((name, i) => {
      expect(shown[i]?.text, name).to.match(/^[A-Z].+\./);
      expect(shown[i]?.throws, name).to.match(/Error/);
    });
  });
});

interface HoverText {
  text: string;
  throws: string;
}

/** What an editor shows over the last name of an expression that is called. */
function hoverTexts(expressions: readonly string[]): HoverText[] {
  const file = fileURLToPath(new URL("hovered.ts", import.meta.url));
  const lines = expressions.map((expression) => `void ${expression}({} as never, {} as never, {} as never);`);
  const text = ['import type { Client } from "@consentry/sdk";', "declare const client: Client;", ...lines].join("\n");
  const service = ts.createLanguageService(hostOf(file, text));
  return expressions.map((expression) => {
    const at = text.indexOf(`${expression}(`) + expression.length - 1;
    const info = service.getQuickInfoAtPosition(file, at);
    const throws = info?.tags?.find(({ name }) => name === "throws")?.text;
    return { text: ts.displayPartsToString(info?.documentation), throws: ts.displayPartsToString(throws) };
  });
}

function hostOf(file: string, text: string): ts.LanguageServiceHost {
  const options = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    skipLibCheck: true,
    types: [],
  };
  const read = (path: string) => (path === file ? text : ts.sys.readFile(path));
  return {
    getCompilationSettings: () => options,
    getCurrentDirectory: () => fileURLToPath(new URL(".", import.meta.url)),
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (path) => {
      const content = read(path);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    fileExists: (path) => path === file || ts.sys.fileExists(path),
    readFile: read,
    directoryExists: (path) => ts.sys.directoryExists(path),
    getDirectories: (path) => ts.sys.getDirectories(path),
    realpath: (path) => ts.sys.realpath?.(path) ?? path,
  };
}
