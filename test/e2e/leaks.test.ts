import { newSalt } from "@consentry/sdk";
import { expect } from "chai";
import { createHash } from "node:crypto";
import { AbiCoder, dataSlice, id, keccak256, sha256, toBeHex, toTwos } from "ethers";
import { artifacts } from "hardhat";
import { needFixtures } from "../sdk/fhir/fixtures.js";
import { patients, type RealBundle, summaries } from "../sdk/fhir/records.js";
import { approvedBy, guarded } from "../sdk/patients/world.js";
import { blocks, shownBy } from "./support/leaks/chain.js";
import * as plants from "./support/leaks/plants.js";
import { observed, scan } from "./support/leaks/scan.js";
import { type Finding, Search } from "./support/leaks/search.js";
import { play } from "./support/leaks/story/index.js";
import { first, type Stage, stageOf } from "./support/leaks/story/stage.js";

const CONTRACTS = ["ProviderRegistry", "ConsentRegistry", "RecordRegistry", "AuditLog"];

/** Not a word of anybody's: EIP-5267 announces what never happens here, and only the manager passes authority on. */
const UNSAID = ["AuditLog.setAuthority", "ConsentRegistry.EIP712DomainChanged", "ProviderRegistry.setAuthority"];

/** Everything that can be called to change something, and every event, as `Contract.name`. */
async function sayable(): Promise<string[]> {
  const names = CONTRACTS.map(async (name) => {
    const { abi } = await artifacts.readArtifact(name);
    const parts = abi as { type: string; name: string; stateMutability?: string }[];
    return parts
      .filter(({ type, stateMutability }) => type === "event" || stateMutability === "nonpayable")
      .filter(({ type }) => type !== "constructor")
      .map((part) => `${name}.${part.name}`);
  });
  return (await Promise.all(names)).flat();
}

/** Nothing secret is found, in a story in which everything happened. */
async function expectNothing(bundle: RealBundle): Promise<void> {
  const seen = await observed(() => play(bundle));
  const search = seen.stage.secrets.search();
  const { findings, missing, bytes } = scan(seen, search);
  expect(findings).to.deep.equal([]);
  expect(missing, "public by design, but not there").to.deep.equal([]);
  expect((await sayable()).filter((name) => !seen.said.has(name)).sort()).to.deep.equal(UNSAID);
  expect(bytes).to.be.above(50_000);
  expect(search.size).to.be.above(20_000);
}

describe("What the chain shows of a patient with a real record", function () {
  this.timeout(120_000);

  for (const [i, summary] of summaries().entries()) {
    it(`is no text, date or guessable hash of the patient summary ${i + 1}`, async () => {
      await expectNothing(summary);
    });
  }

  it("is none of three whole lives of records either", async function () {
    needFixtures(this);
    for (const bundle of patients()) await expectNothing(bundle);
  });

  it("is not who the guardians are, until a recovery tells", async () => {
    const stage = await stageOf(summaries()[0]!);
    const { guardians, voices } = await guarded(stage);
    const search = new Search();
    for (const each of [...guardians.accounts, guardians.salt]) search.piece(Buffer.from(each.slice(2), "hex"), each);
    expect(search.in((await shownBy(stage)).shown)).to.deep.equal([]);
    const { approvals } = await approvedBy(stage, guardians, voices.slice(0, 2));
    await stage.as.stranger.patients.startRecovery({ guardians, approvals });
    const told = search.in((await shownBy(stage)).shown).map(({ what }) => what);
    expect([...new Set(told)]).to.have.members([...guardians.accounts, guardians.salt]);
  });
});

const utf8 = (text: string) => Buffer.from(text);
const { locator, content, recordId, evidence, reason, subject, entry } = plants;
const summary: RealBundle = summaries().find(({ entry: { length } }) => length > 40)!;
const patient = first({ bundle: summary }, "Patient") as Record<string, unknown>;
const { system, value } = (patient["identifier"] as { system: string; value: string }[])[0]!;
const { family } = (patient["name"] as { family: string }[])[0]!;
const birthDate = patient["birthDate"] as string;
const [year, month, day] = birthDate.split("-") as [string, string, string];
const seconds = BigInt(Date.parse(birthDate)) / 1000n;
const narrative = (patient["text"] as { div: string }).div;
const { postalCode } = (patient["address"] as { postalCode: string }[])[0]!;
const word = (number: bigint, length = 32) => toBeHex(toTwos(number, 8 * length), length);
const numbered = (number: bigint) => new RegExp(`as the number ${number}$`);
const digest = (algorithm: string, text: string) => createHash(algorithm).update(text).digest();

const SALT = newSalt();
const REASON = "Found unconscious";

/** A mistake, where it is made, and what it is called when it is found. */
const MISTAKES: [mistake: string, plant: plants.Plant, bytes: string | Uint8Array, what: RegExp][] = [
  ["a name", locator, utf8(family), /^the text "JORDANA"/],
  ["a name in lower case", locator, utf8(`x${family.toLowerCase()}y`), /^the text "jordana"/],
  ["a name in the directory of providers", entry, utf8(`Patricia ${family}`), /^the text "Patricia JORDANA"/],
  ["a short text in the directory", entry, utf8(postalCode), /^the short text 3210/],
  ["a name in UTF-16", locator, Buffer.from(family, "utf16le"), /^UTF-16LE of JORDANA/],
  ["a name in UTF-16, high byte first", locator, Buffer.from(family, "utf16le").swap16(), /^UTF-16BE of JORDANA/],
  ["a name in hexadecimal digits", locator, utf8(utf8(family).toString("hex")), /^hexadecimal of JORDANA/],
  ...["", "1", "12"].map((before): (typeof MISTAKES)[number] => {
    const bytes = utf8(utf8(`${before}${family}, Patricia`).toString("base64"));
    return [`a name in Base64 after ${before.length} bytes`, locator, bytes, /^Base64 of JORDANA/];
  }),
  ["a part of a narrative", locator, utf8(narrative.slice(37, 70)), /^the text "<div/],
  ["an identifier", locator, utf8(value), /^the text "ABC1234"/],
  [
    "the id of a resource, as bytes",
    locator,
    Buffer.from(String(patient["id"]).replaceAll("-", ""), "hex"),
    /bytes of/,
  ],
  ["a date of birth", locator, utf8(birthDate), /^the text "1956-09-30"/],
  ["a date of birth as people write it", locator, utf8(`${day}.${Number(month)}.${year}`), /^the text "30\.9\.1956"/],
  ["a date of birth as a number", subject, word(BigInt(`${year}${month}${day}`)), /as the number 19560930/],
  ["a date of birth in seconds", subject, word(seconds), numbered(seconds)],
  ["a date of birth in milliseconds", subject, word(seconds * 1000n), numbered(seconds * 1000n)],
  ["a date of birth in seconds, packed", locator, word(seconds, 8), /number -\d+ in six bytes/],
  ["keccak-256 of an identifier", evidence, id(value), /^keccak-256 of "ABC1234"/],
  ["keccak-256 of system and value", reason, id(`${system}|${value}`), /^keccak-256 of "https:.*\|ABC1234"/],
  ["keccak-256 of an encoded name", evidence, keccak256(encoded(family)), /^keccak-256 of abi\.encode of "JORDANA"/],
  ["keccak-256, twice", evidence, keccak256(id(value)), /^keccak-256, twice, of "ABC1234"/],
  ["SHA-256 of a date of birth", reason, sha256(utf8(birthDate)), /^SHA-256 of "1956-09-30"/],
  ["SHA3-256 of a name", reason, digest("sha3-256", family), /^SHA3-256 of "JORDANA"/],
  ["SHA-1 of a name", locator, digest("sha1", family), /^SHA-1 of "JORDANA"/],
  ["MD5 of a name", locator, digest("md5", family), /^MD5 of "JORDANA"/],
  ["the first half of SHA-512 of a name", reason, digest("sha512", family).subarray(0, 32), /^SHA-512 of "JORDANA"/],
  ["a hash in hexadecimal digits", locator, utf8(id(family).slice(2)), /^keccak-256 of "JORDANA", as a text/],
  ["keccak-256 of a resource", content, id(JSON.stringify(patient)), /^keccak-256 of the document \{"resourceType"/],
  ["SHA-256 of a resource", content, sha256(utf8(JSON.stringify(patient))), /^SHA-256 of the document/],
  ["the begin of a hash as a random part", recordId, dataSlice(id(value), 0, 11), /^keccak-256 of "ABC1234"/],
  ["the end of a hash as a random part", recordId, dataSlice(id(value), 21), /^the end of keccak-256 of "ABC1234"/],
  ["the salt of a hash", evidence, SALT, /^a salt$/],
  ["a reason", locator, utf8(`${REASON}, at 3 o'clock`), /^the text "Found unconscious"/],
  ["a public name where it is not public", locator, utf8("NorthCare Pukete Road-Thomas Road"), /"NorthCare Pukete/],
  ["the hash of a sentence where it is not public", evidence, id("A sentence that was signed"), /"A sentence that/],
];

function encoded(text: string): string {
  return AbiCoder.defaultAbiCoder().encode(["string"], [text]);
}

describe("The search for leaks", function () {
  this.timeout(60_000);
  let stage: Stage;
  let search: Search;

  before(async () => {
    stage = await plants.planting(summary);
    stage.secrets.salt(SALT, "a salt");
    stage.secrets.text(REASON);
    stage.sentences.push("A sentence that was signed");
    stage.secrets.text("A sentence that was signed");
    search = stage.secrets.search();
  });

  /** What is found of what is done now. */
  async function findingsOf(act: () => Promise<unknown>): Promise<Finding[]> {
    const from = await blocks();
    const seen = await observed(async () => {
      await act();
      await plants.look(stage);
      return stage;
    }, from);
    return scan(seen, search).findings;
  }

  for (const [mistake, { put, where }, bytes, what] of MISTAKES) {
    it(`finds ${mistake}`, async () => {
      const findings = await findingsOf(() => put(stage, bytes));
      const places = findings.filter((each) => what.test(each.what)).map((each) => each.where);
      expect(places).to.include.members(where);
    });
  }

  it("finds nothing where the same ways are gone with salted hashes", async () => {
    stage = await plants.planting(summary);
    const findings = await findingsOf(async () => {
      for (const { put } of [content, evidence, reason, subject]) await put(stage, newSalt());
      await recordId.put(stage, dataSlice(newSalt(), 0, 11));
      await locator.put(stage, newSalt());
    });
    expect(findings).to.deep.equal([]);
  });
});
