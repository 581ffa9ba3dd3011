import { expect } from "chai";
import { readFileSync } from "node:fs";
import { artifacts } from "hardhat";
import { ROOT } from "../../scripts/deployment/settings.js";
import { compile } from "../../scripts/solidity/compile.js";
import { readSources } from "../../scripts/solidity/sources.js";

/** What a deployment deploys and what stores or tells something. */
const SOURCES = {
  ProviderRegistry: "contracts/ProviderRegistry.sol",
  ConsentRegistry: "contracts/ConsentRegistry.sol",
  RecordRegistry: "contracts/RecordRegistry.sol",
  AuditLog: "contracts/AuditLog.sol",
  AccessManager: "@openzeppelin/contracts/access/manager/AccessManager.sol",
};

type Name = keyof typeof SOURCES;
const NAMES = Object.keys(SOURCES) as Name[];

/** What each name of something comes with: parameters of an event, members of a stored struct. */
type Parts = Record<string, string[]>;

interface AbiPart {
  type: string;
  name: string;
  stateMutability?: string;
  inputs: { name: string }[];
}

interface Layout {
  storage: { label: string; type: string }[];
  types: Record<string, { members?: { label: string; type: string }[]; key?: string; value?: string; base?: string }>;
}

async function abiOf(name: Name): Promise<AbiPart[]> {
  return (await artifacts.readArtifact(name)).abi as AbiPart[];
}

async function eventsOf(name: Name): Promise<Parts> {
  const events = (await abiOf(name)).filter(({ type }) => type === "event");
  return Object.fromEntries(events.map((event) => [event.name, event.inputs.map((input) => input.name)]));
}

async function callsOf(name: Name): Promise<Parts> {
  const isCall = ({ type, stateMutability = "" }: AbiPart) => type === "function" && !/view|pure/.test(stateMutability);
  return Object.fromEntries((await abiOf(name)).filter(isCall).map((call) => [call.name, []]));
}

/** The storage of each contract as the compiler lays it out: variables, with the members of the structs in them. */
function layouts(): Record<Name, Parts> {
  const settings = { evmVersion: "cancun", outputSelection: { "*": { "*": ["storageLayout"] } } };
  const { contracts = {} } = compile(readSources(ROOT, Object.values(SOURCES)), settings);
  const entries = NAMES.map((name) => {
    const compiled: unknown = contracts[SOURCES[name]]![name];
    const { storage, types } = (compiled as { storageLayout: Layout }).storageLayout;
    return [name, Object.fromEntries(storage.map(({ label, type }) => [label, membersOf(type, types)]))];
  });
  return Object.fromEntries(entries) as Record<Name, Parts>;
}

/** The members of a type and of all types in it; library types, whose members have no meaning here, end the search. */
function membersOf(type: string, types: Layout["types"]): string[] {
  const { members = [], value, base } = types[type] ?? {};
  const inner = [value, base].filter((each) => each !== undefined).flatMap((each) => membersOf(each, types));
  return [...inner, ...members.flatMap(({ label, type: own }) => [label, ...membersOf(own, types)])];
}

const PAGE = readFileSync(new URL("../../docs/privacy.md", import.meta.url), "utf8");

/** The tables of a contract's section, each as its rows, each row as the names in its cells. */
function tablesOf(name: Name): string[][][][] {
  const section = PAGE.split(/^#{2,3} /m).find((text) => text.startsWith(`${name}\n`))!;
  const tables = section.split("\n\n").filter((block) => block.startsWith("|"));
  return tables.map((table) => table.split("\n").slice(2).map(namesIn));
}

function namesIn(row: string): string[][] {
  const cells = row.split(/(?<!\\)\|/).slice(1, -1);
  return cells.map((cell) => [...cell.matchAll(/`([A-Za-z_]\w*)`/g)].map(([, name]) => name!));
}

/** As the page has it: a name for each row, and the names in the next cell. */
function partsOf(table: string[][][]): Parts {
  return Object.fromEntries(table.map(([[name = ""] = [], parts = []]) => [name, parts] as const));
}

describe("docs/privacy.md", () => {
  for (const name of NAMES) {
    it(`names every event of ${name} with every parameter, in their order`, async () => {
      const [events] = tablesOf(name);
      expect(partsOf(events!)).to.deep.equal(await eventsOf(name));
    });

    it(`names every function of ${name} that changes something, and no other`, async () => {
      const calls = tablesOf(name).at(-1)!;
      expect(calls.flatMap(([names]) => names).sort()).to.deep.equal(Object.keys(await callsOf(name)).sort());
    });
  }

  it("names everything that is stored, with every member of a struct", () => {
    for (const [name, layout] of Object.entries(layouts())) {
      const stored = partsOf(tablesOf(name as Name)[1]!);
      expect(Object.keys(stored), name).to.have.members(Object.keys(layout));
      for (const [variable, members] of Object.entries(layout)) {
        expect(stored[variable], `${name}.${variable}`).to.include.members(members);
      }
    }
  });
});
