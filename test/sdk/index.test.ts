import * as core from "@consentry/sdk";
import * as crypto from "@consentry/sdk/crypto";
import * as emergency from "@consentry/sdk/emergency";
import * as fhir from "@consentry/sdk/fhir";
import * as governance from "@consentry/sdk/governance";
import * as lookup from "@consentry/sdk/lookup";
import * as moving from "@consentry/sdk/moving";
import * as node from "@consentry/sdk/node";
import * as server from "@consentry/sdk/server";
import * as testing from "@consentry/sdk/testing";
import * as texts from "@consentry/sdk/texts";
import { readdirSync, readFileSync } from "node:fs";
import { expect } from "chai";

const CORE = [
  "ANY_PROVIDER",
  "DECISIONS",
  "accountOf",
  "actionsFromBits",
  "actionsToBits",
  "allActions",
  "allCategories",
  "allPurposes",
  "anyPurpose",
  "categoriesFromBits",
  "categoriesToBits",
  "connect",
  "contentHash",
  "createPasskey",
  "custodianOf",
  "decisionTexts",
  "dependentOf",
  "describeAction",
  "describeCategory",
  "describePurpose",
  "describeScope",
  "expandPurposes",
  "familyMembers",
  "familyOf",
  "findCategory",
  "isPlainLabel",
  "isSensitivity",
  "knownDeployments",
  "newGuardians",
  "newProgrammeId",
  "newRecordId",
  "newSalt",
  "parseDeployment",
  "parseStatement",
  "purposesFromBits",
  "purposesToBits",
  "renderStatement",
  "requestedPurpose",
  "statementTexts",
  "toAction",
  "toCategory",
  "toPurpose",
  "verifyContent",
  "verifyStatement",
];

const CRYPTO = [
  "bytesOf",
  "contentHasher",
  "decryptRecord",
  "encryptRecord",
  "exportEncryptionKeyPair",
  "importContentKey",
  "importEncryptionKeyPair",
  "newContentKey",
  "newEncryptionKeyPair",
  "parseWrap",
  "unwrapKey",
  "wrapKey",
];

const FHIR = [
  "ConsentDocuments",
  "DocumentAlteredError",
  "DocumentMissingError",
  "INTERACTIONS",
  "InvalidSmartScopeError",
  "MalformedLineError",
  "MalformedResourceError",
  "MemoryDocumentStore",
  "UnknownInteractionError",
  "actionOf",
  "auditEventOf",
  "consentFromFhir",
  "consentToFhir",
  "documentHash",
  "documentReferenceOf",
  "evaluate",
  "evidenceOf",
  "filterBundle",
  "filterNdjson",
  "labelsOf",
  "provenanceOf",
  "resourcesIn",
  "scopesFromTerms",
  "termsFromScopes",
];

describe("the package exports", () => {
  it("these names, and errors", () => {
    const names = Object.keys(core).filter((name) => !name.endsWith("Error"));
    expect(names.sort()).to.deep.equal(CORE);
    const ofCrypto = Object.keys(crypto).filter((name) => !name.endsWith("Error"));
    expect(ofCrypto.sort()).to.deep.equal(CRYPTO);
    expect(Object.keys(emergency)).to.deep.equal(["emergencyOf"]);
    expect(Object.keys(fhir)).to.have.members(FHIR);
    const ofGovernance = Object.keys(governance).filter((name) => !name.endsWith("Error"));
    expect(ofGovernance).to.deep.equal(["governanceOf"]);
    expect(Object.keys(lookup)).to.deep.equal(["lookupOf"]);
    expect(Object.keys(moving)).to.have.members(["movingBetween", "signaturesFor"]);
    const ofNode = Object.keys(node).filter((name) => !name.endsWith("Error"));
    expect(ofNode.sort()).to.deep.equal(["FileKeyring", "FileRecordStore"]);
    expect(Object.keys(server)).to.have.members([
      "AccessRefusedError",
      "AlreadyLinkedError",
      "ChallengeExpiredError",
      "MemoryPatientLinkStore",
      "PatientLinkStoreError",
      "PatientLinks",
      "UnknownChallengeError",
      "accessOf",
      "consentGuard",
    ]);
    expect(Object.keys(texts)).to.deep.equal(["de"]);
    expect(Object.keys(testing)).to.have.members(["TestbedError", "createTestbed"]);
  });

  it("every error that docs/errors.md explains, and no other", () => {
    const page = readFileSync(new URL("../../docs/errors.md", import.meta.url), "utf8");
    const own = page.replaceAll(/^## Of the (command-line tool|relayer)$[^]*?(?=^## )/gm, "");
    const explained = [...own.matchAll(/^### (\w+)$/gm)].map(([, name]) => `${name}Error`);
    const exported = new Set(
      [core, crypto, emergency, fhir, governance, lookup, moving, node, server, testing, texts].flatMap((each) =>
        Object.keys(each),
      ),
    );
    const errors = [...exported].filter((name) => name.endsWith("Error"));
    expect(errors).to.have.members(["ConsentryError", "ContractError", ...explained]);
  });

  it("from these subpaths", () => {
    const text = readFileSync(new URL("../../sdk/package.json", import.meta.url), "utf8");
    const { exports } = JSON.parse(text) as { exports: object };
    const subpaths = [
      ".",
      "./crypto",
      "./emergency",
      "./fhir",
      "./governance",
      "./lookup",
      "./moving",
      "./node",
      "./server",
      "./testing",
      "./texts",
      "./package.json",
    ];
    expect(Object.keys(exports)).to.deep.equal(subpaths);
  });

  it("from every subpath the same classes", () => {
    expect(fhir.MalformedResourceError).to.equal(core.MalformedResourceError);
  });

  it("and needs Node nowhere but in ./node, ./server and ./testing", () => {
    const source = new URL("../../sdk/src/", import.meta.url);
    for (const file of readdirSync(source, { recursive: true, encoding: "utf8" })) {
      if (!file.endsWith(".ts") || /^(node|server|testing|generated)\//.test(file)) continue;
      const text = readFileSync(new URL(file, source), "utf8");
      expect(text, file).to.not.match(/from "node:|\bprocess\.|\bBuffer\b|\brequire\(/);
    }
  });
});
