import { expect } from "chai";
import { InvalidParameterError } from "@consentry/sdk";
import { filterNdjson, MalformedLineError, type PermittedLines } from "@consentry/sdk/fhir";

const encoder = new TextEncoder();
const allergy = (id: string) => ({ resourceType: "AllergyIntolerance", id, patient: { reference: "Patient/1" } });
const LABEL = { system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: "PSY" };
const ALLERGIES: PermittedLines = { categories: ["ALLERGIES"] };

/** The text in pieces of so many bytes. */
function* pieces(text: string, size = 7): Generator<Uint8Array> {
  const bytes = encoder.encode(text);
  for (let from = 0; from < bytes.length; from += size) yield bytes.slice(from, from + size);
}

async function read(source: Iterable<Uint8Array>, permitted = ALLERGIES, maxLineBytes?: number): Promise<string[]> {
  const lines: string[] = [];
  for await (const line of filterNdjson(source, permitted, { maxLineBytes })) lines.push(line);
  return lines;
}

async function errorOf(lines: AsyncIterator<string>): Promise<unknown> {
  try {
    while ((await lines.next()).done !== true);
  } catch (error) {
    return error;
  }
  return undefined;
}

const ndjson = (...resources: object[]) => resources.map((each) => `${JSON.stringify(each)}\n`).join("");
const idsOf = (lines: readonly string[]) => lines.map((line) => (JSON.parse(line) as { id: string }).id);

describe("filterNdjson", () => {
  const secret = { ...allergy("s"), meta: { security: [LABEL] } };

  it("lets out what is permitted, whatever pieces it comes in", async () => {
    const text = ndjson(allergy("ä"), secret, { resourceType: "Condition", id: "c" }, allergy("漢😀"));
    for (const size of [1, 2, 3, 7, 100_000]) {
      const lines = await read(pieces(text, size));
      expect(lines).to.deep.equal([ndjson(allergy("ä")), ndjson(allergy("漢😀"))]);
    }
  });

  it("takes what may end and begin lines, and a last line without a break", async () => {
    const text = `\uFEFF${JSON.stringify(allergy("a"))}\r\n\r\n   \n${JSON.stringify(allergy("b"))}`;
    expect(idsOf(await read(pieces(text)))).to.deep.equal(["a", "b"]);
    expect(await read([])).to.deep.equal([]);
  });

  it("takes away narratives and the words of references", async () => {
    const telling = {
      ...allergy("a"),
      text: { status: "generated", div: "<div>x</div>" },
      patient: { reference: "Patient/1", display: "Hidden" },
    };
    expect(await read(pieces(ndjson(telling)))).to.deep.equal([ndjson(allergy("a"))]);
  });

  it("withholds what speaks of others", async () => {
    const types = ["Bundle", "Composition", "MessageHeader", "OperationOutcome"];
    const resources = types.map((resourceType) => ({ resourceType, id: resourceType, type: "collection" }));
    expect(await read(pieces(ndjson(...resources)), { permits: () => true })).to.deep.equal([]);
  });

  it("asks, one after the other; nothing but true permits", async () => {
    const answers: Record<string, unknown> = { a: true, b: 1, c: Promise.resolve(true), d: Promise.resolve(false) };
    const permits = ((resource: { id: string }) => answers[resource.id]) as unknown as PermittedLines["permits"];
    const text = ndjson(...["a", "b", "c", "d"].map(allergy));
    expect(idsOf(await read(pieces(text), { permits }))).to.deep.equal(["a", "c"]);
    expect(idsOf(await read(pieces(text), { permits, categories: ["LABS"] }))).to.deep.equal([]);
    expect(idsOf(await read(pieces(text), { permits, permitted: false }))).to.deep.equal([]);
    const failure = new RangeError("offline");
    const failing = filterNdjson(pieces(text), { permits: () => Promise.reject(failure) });
    expect(await errorOf(failing)).to.equal(failure);
  });

  it("gives each line as soon as it is complete", async () => {
    let given = 0;
    function* endless(): Generator<Uint8Array> {
      for (;;) {
        given++;
        yield encoder.encode(ndjson(allergy(`${given}`)));
      }
    }
    const lines = filterNdjson(endless(), ALLERGIES);
    for (let i = 1; i <= 3; i++) expect((await lines.next()).value).to.equal(ndjson(allergy(`${i}`)));
    await lines.return();
    expect(given).to.be.below(6);
  });

  it("ends at the first line that is wrong, and says which", async () => {
    const bad: [Uint8Array, string][] = [
      [encoder.encode('{"resourceType":"Observation", secret'), "JSON"],
      [encoder.encode("[]"), "a FHIR resource"],
      [encoder.encode("null"), "a FHIR resource"],
      [encoder.encode('{"id":"secret"}'), "a FHIR resource"],
      [encoder.encode('{"resourceType":"AllergyIntolerance","meta":{"security":"secret"}}'), "a FHIR resource"],
      [
        encoder.encode(`{"resourceType":"AllergyIntolerance","x":${"[".repeat(10_000)}${"]".repeat(10_000)}}`),
        "a FHIR resource",
      ],
      [Uint8Array.from([0x22, 0xff, 0xfe, 0x22]), "UTF-8"],
    ];
    for (const [line, expected] of bad) {
      const source = [encoder.encode(ndjson(allergy("a"))), line, encoder.encode(`\n${ndjson(allergy("b"))}`)];
      const lines = filterNdjson(source, ALLERGIES);
      expect((await lines.next()).value).to.equal(ndjson(allergy("a")));
      const error = (await errorOf(lines)) as MalformedLineError;
      expect(error).to.be.instanceOf(MalformedLineError);
      expect(error).to.include({ line: 2, expected });
      expect(error.message).not.to.include("secret");
      expect(await lines.next()).to.deep.equal({ done: true, value: undefined });
    }
  });

  it("ends at a line that is too long before it is held", async () => {
    let given = 0;
    function* endless(): Generator<Uint8Array> {
      for (;;) {
        given += 1_000;
        yield new Uint8Array(1_000).fill(0x20);
      }
    }
    const error = (await errorOf(filterNdjson(endless(), ALLERGIES, { maxLineBytes: 10_000 }))) as MalformedLineError;
    expect(error).to.include({ line: 1, expected: "of at most 10000 bytes" });
    expect(given).to.be.at.most(12_000);
    const line = ndjson(allergy("a"));
    expect(await read(pieces(line), ALLERGIES, line.length - 1)).to.deep.equal([line]);
    expect(await errorOf(filterNdjson(pieces(line), ALLERGIES, { maxLineBytes: line.length - 2 }))).to.be.instanceOf(
      MalformedLineError,
    );
  });

  it("takes bytes, and refuses wrong parameters at once", async () => {
    const texts = filterNdjson(["{}"] as unknown as Iterable<Uint8Array>, ALLERGIES);
    expect(await errorOf(texts)).to.be.instanceOf(InvalidParameterError);
    const wrong = [{}, { released: [] }, { permits: 1 }, { categories: ["LABS"], conditional: true }];
    for (const permitted of wrong) {
      expect(() => filterNdjson([], permitted as PermittedLines), JSON.stringify(permitted)).to.throw(
        InvalidParameterError,
      );
    }
    for (const maxLineBytes of [0, 1.5, NaN]) {
      expect(() => filterNdjson([], ALLERGIES, { maxLineBytes })).to.throw(InvalidParameterError);
    }
  });
});
