import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { ROOT } from "./support/command.js";
import { run } from "./support/package.js";
import { type } from "./support/project.js";
import { type Snippet, snippetsOf } from "./support/snippets.js";

const PAGE = "sdk/README.md";

/** What a section of the page takes for granted, and what stands in the test's world in place of what it names. */
interface Setting {
  before: string;
  instead?: Readonly<Record<string, string>>;
}

const TERMS = '{ categories: ["LABS"], purposes: ["TREAT"], actions: ["access"], until: "2098-12-31" } as const';

/** By heading. Everybody is an actor of one testbed, `all`, whose chain answers at `node`. */
const SETTINGS: Readonly<Record<string, Setting>> = {
  "Quick start": {
    before: "const patientKey = all.patient.wallet.privateKey, clinicAddress = all.clinic.address;",
    instead: { '"http://127.0.0.1:8545"': "node" },
  },
  Reading: {
    before: `const { consentry, address: patient } = all.patient;
      const { consentry: elsewhere, address: grantee } = all.clinic;
      const terms = { grantee, ...(${TERMS}) };
      const question = { patient, grantee, categories: ["LABS"], purpose: "TREAT" } as const;
      const keep = (...[{ type }, cursor]: [{ type: string }, string | undefined]) => console.log("kept", type, cursor !== undefined);
      const signal = AbortSignal.timeout(300);
      await consentry.consents.grant(terms);
      const then = await testbed.now();
      await testbed.travel(60);`,
    instead: { 'new Date("2026-03-01T12:00:00Z")': "then" },
  },
  "When something is wrong": {
    before: `const { consentry } = all.patient, grantee = all.clinic.address;
      await consentry.consents.grant({ grantee, ...(${TERMS}) });`,
  },
  Records: {
    before: `const { consentry, address: custodian } = all.hospital;
      const patient = all.patient.address;
      const resource = { resourceType: "AllergyIntolerance", id: "peanuts" };
      const vault = { read: async (_name: string) => JSON.stringify(await exportEncryptionKeyPair(await newPair({ extractable: true }))) };
      await all.patient.consentry.consents.grant({ grantee: custodian, ...(${TERMS}), categories: ["ALLERGIES"], actions: ["collect"] });`,
    instead: { '"/var/lib/consentry/keys"': '"keys"', '"/srv/consentry/records"': '"records"' },
  },
  "Records that only a grantee can read": {
    before: `const clinic = all.clinic.consentry, hospital = all.hospital.consentry, grantee = all.clinic.address;
      const [patient, custodian] = [all.patient.address, all.hospital.address];
      const resource = { resourceType: "AllergyIntolerance" };
      await all.patient.consentry.consents.grant({ grantee: custodian, ...(${TERMS}), categories: ["ALLERGIES"], actions: ["collect"] });
      const store = new FileRecordStore("others", { keyring: new FileKeyring("others-keys", { keyPair: await newPair() }) });
      const record = hospital.records.newId(custodian);
      const stored = await store.put(record, { content: JSON.stringify(resource) });
      await hospital.records.register({ record, patient, resource, contentHash: stored.contentHash, purpose: "TREAT" });`,
  },
  "Signed by the patient, delivered by anybody": {
    before: "const patient = all.patient.consentry, relayer = all.stranger.consentry, grantee = all.clinic.address;",
  },
  "Requests for access": {
    before: "const patient = all.patient.consentry, clinic = all.clinic.consentry;",
  },
  "Emergencies and their review": {
    before: `const clinic = all.clinic.consentry, patient = all.patient.consentry, reviewer = all.stranger.consentry;
      const address = all.patient.address, { wallet } = all.consortium, { ProviderRegistry, AccessManager } = deployment.contracts;
      const directory = new Contract(ProviderRegistry.address, ["function setEmergency(address,bool)"], wallet);
      const roles = new Contract(AccessManager.address, ["function grantRole(uint64,address,uint32)"], wallet);
      await (await directory.getFunction("setEmergency")(all.clinic.address, true)).wait();
      await (await roles.getFunction("grantRole")(2n, all.stranger.address, 0)).wait();`,
  },
  "FHIR Consents and Bundles": {
    before: `const patient = all.patient.consentry, clinic = all.clinic.wallet, store = new MemoryDocumentStore();
      const { chainId } = deployment, address = all.patient.address, grantee = all.clinic.address;
      await patient.consents.revoke({ grantee });
      const addresses = new Map([["Patient/1", address], ["Organization/3", grantee]]);
      const subject = { reference: "Patient/1" };
      const coding = (system: string, code: string) => ({ coding: [{ system: "http://" + system, code }] });
      const role = coding("terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP");
      const consent = {
        resourceType: "Consent", status: "active", patient: subject, dateTime: "2026-01-01",
        scope: coding("terminology.hl7.org/CodeSystem/consentscope", "patient-privacy"),
        category: [coding("loinc.org", "59284-0")],
        provision: { type: "permit", actor: [{ role, reference: { reference: "Organization/3" } }], dataPeriod: { start: "2025" } },
      };
      const result = (id: string, effectiveDateTime: string) => ({
        resource: {
          resourceType: "Observation", id, status: "final", subject, effectiveDateTime, code: coding("loinc.org", "718-7"),
          category: [coding("terminology.hl7.org/CodeSystem/observation-category", "laboratory")],
        },
      });
      const searchset = {
        resourceType: "Bundle", type: "searchset", total: 2, entry: [result("a", "2024-06-01"), result("b", "2025-06-01")],
      };`,
    instead: { "runner: clinic, documents": "runner: clinic, deployment, documents" },
  },
  "Patients at an EHR": {
    before: `const patient = all.patient.consentry, ehr = all.clinic.consentry, address = all.patient.address;
      const store = new MemoryPatientLinkStore();`,
  },
  "A guarded endpoint": {
    before: `const app = express(), consentry = all.gateway.consentry, log = console;
      const sessions = new Map<string | undefined, Asker>(), ids = new Map<string | undefined, string>();
      const handler = (request: express.Request, response: express.Response) => void response.json(request.params);`,
  },
  "Tests without a node": { before: `const terms = ${TERMS};` },
};

const HEAD = `import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { exportEncryptionKeyPair, newEncryptionKeyPair as newPair } from "@consentry/sdk/crypto";
import { MemoryPatientLinkStore } from "@consentry/sdk/server";
import type { Asker } from "@consentry/sdk/server";
import { MemoryDocumentStore } from "@consentry/sdk/fhir";
import { createTestbed } from "@consentry/sdk/testing";
import { Contract } from "ethers";
import express from "express";`;

const WORLD = `const testbed = await createTestbed();
const { actors: all, deployment } = testbed;
const server = createServer(async (request, response) => {
  let body = "";
  for await (const text of request.setEncoding("utf8")) body += text;
  const asked = JSON.parse(body);
  const answer = async ({ id, method, params }: { id: number; method: string; params: unknown[] }) => {
    return { jsonrpc: "2.0", id, result: await testbed.provider.request({ method, params }) };
  };
  response.end(JSON.stringify(Array.isArray(asked) ? await Promise.all(asked.map(answer)) : await answer(asked)));
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const node = \`http://127.0.0.1:\${(server.address() as AddressInfo).port}\`;`;

const IMPORT = /^import .*;.*$/gm;

/** One section as a block of its own; what it imports is taken out. */
function sectionOf([heading, snippets]: readonly [string, readonly Snippet[]]): string {
  const { before, instead = {} } = SETTINGS[heading]!;
  let code = snippets.map((each) => each.code.replaceAll(IMPORT, "")).join("\n");
  for (const [named, real] of Object.entries(instead)) {
    expect(code, heading).to.include(named);
    code = code.replaceAll(named, real);
  }
  return `console.log("# ${heading}");\nawait (async () => {\n${before}\n${code}\n})();`;
}

/** Each name once, though several sections import it. */
function merged(imports: readonly string[]): string[] {
  const names = new Map<string, Set<string>>();
  for (const line of imports) {
    const [, list = "", from = ""] = /^import \{(.*)\} from (.*);/.exec(line) ?? [];
    const known = names.get(from) ?? new Set();
    for (const name of list.split(",")) known.add(name.trim());
    names.set(from, known);
  }
  return [...names].map(([from, known]) => `import { ${[...known].join(", ")} } from ${from};`);
}

/** All of them as one program, which runs them one after the other. */
function programOf(sections: ReadonlyMap<string, readonly Snippet[]>): string {
  const imports = [...sections.values()].flat().flatMap(({ code }) => code.match(IMPORT) ?? []);
  const own = merged(imports.filter((line) => !line.includes("createTestbed")));
  const blocks = [...sections].map(sectionOf);
  return [HEAD, ...own, WORLD, ...blocks, "server.close();\nawait testbed.close();\nprocess.exit();"].join("\n\n");
}

const TSCONFIG = {
  compilerOptions: {
    target: "ES2023",
    lib: ["ES2023"],
    module: "NodeNext",
    types: ["node"],
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: true,
    outDir: "dist",
  },
  files: ["program.ts"],
};

describe("the README of the SDK", function () {
  this.timeout(120_000);

  const sections = new Map<string, Snippet[]>();
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "consentry-readme-"));
    for (const snippet of snippetsOf(PAGE)) {
      sections.set(snippet.heading, [...(sections.get(snippet.heading) ?? []), snippet]);
    }
  });
  after(() => rmSync(folder, { recursive: true }));

  it("has sections whose code is all known to the test", () => {
    expect([...sections.keys()]).to.have.members(Object.keys(SETTINGS));
    expect([...sections.values()].flat().every(({ language }) => language === "ts")).to.be.true;
  });

  it("shows code that compiles under strict rules, and runs", () => {
    type("npm install ethers express hardhat ./consentry-sdk-0.1.0.tgz", folder);
    type("npm install -D @types/node @types/express", folder);
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "reader", private: true, type: "module" }));
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(TSCONFIG));
    writeFileSync(join(folder, "program.ts"), programOf(sections));
    run(folder, join(ROOT, "node_modules/.bin/tsc"), "-p", ".");
    const printed = run(folder, process.execPath, "dist/program.js");
    const headings = printed.split("\n").filter((line) => line.startsWith("# "));
    expect(headings.map((line) => line.slice(2))).to.deep.equal([...sections.keys()]);
    expect(printed).to.match(/^kept ConsentGranted true$/m);
    expect(printed).to.match(/ open justified Unconscious after an accident$/m);
    expect(printed).to.match(/^PermitConditional\n1 1$/m);
    expect(printed).to.match(/^clinic asks: To prepare your operation$/m);
  });
});
