import { type AccessRequest, InvalidParameterError, MalformedRequestError, UnknownCodeError } from "@consentry/sdk";
import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { altered, asking } from "./world.js";

type ErrorClass = abstract new (...args: never) => Error;

const { request, requests } = await prepared();

async function prepared() {
  const { ask, as } = await asking();
  return { request: await ask(), requests: as.patient.requests };
}

function refused(input: unknown, path: string, type: ErrorClass = MalformedRequestError): void {
  expect(() => requests.parse(input), path)
    .to.throw(type)
    .with.property("path", path);
}

describe("requests.parse", () => {
  it("reads what was created, as JSON or as its text", () => {
    const text = JSON.stringify(request);
    expect(JSON.stringify(requests.parse(request))).to.equal(text);
    expect(JSON.stringify(requests.parse(text))).to.equal(text);
  });

  it("makes a copy", () => {
    expect(requests.parse(request).message).to.not.equal(request.message);
    expect(requests.parse(request).message.categories).to.not.equal(request.message.categories);
  });

  it("writes addresses with their checksums and hashes in lower case", () => {
    const { message, domain, signer, signature } = request;
    const lower = { grantee: message.grantee.toLowerCase(), id: message.id.toUpperCase().replace("0X", "0x") };
    const spelt = altered(request, lower, {
      domain: { ...domain, verifyingContract: domain.verifyingContract.toLowerCase() },
      signature: signature.toUpperCase().replace("0X", "0x"),
    });
    expect(JSON.stringify(requests.parse({ ...spelt, signer: signer.toLowerCase() }))).to.equal(
      JSON.stringify(request),
    );
  });

  const wrong: [what: string, input: unknown, path: string][] = [
    ["a text that is no JSON", "{", "request"],
    ["a text that is too long", " ".repeat(65_537), "request"],
    ["nothing", undefined, "request"],
    ["null", null, "request"],
    ["a list", [request], "request"],
    ["a number", 5, "request"],
    ["another type", { ...request, primaryType: "Grants" }, "primaryType"],
    ["one field more", { ...request, extra: 1 }, "extra"],
    ["a field of the prototype", JSON.parse(JSON.stringify(request).replace("{", '{"__proto__":{},')), "__proto__"],
    ["no message", { ...request, message: undefined }, "message"],
    ["another domain", { ...request, domain: { ...request.domain, name: "Other" } }, "domain.name"],
    ["another version", { ...request, domain: { ...request.domain, version: "2" } }, "domain.version"],
    ["a salt", { ...request, domain: { ...request.domain, salt: "0x" } }, "domain.salt"],
    ["a chain as text", { ...request, domain: { ...request.domain, chainId: "31337" } }, "domain.chainId"],
    ["a chain of zero", { ...request, domain: { ...request.domain, chainId: 0 } }, "domain.chainId"],
    ["no contract", { ...request, domain: { ...request.domain, verifyingContract: "0x" } }, "domain.verifyingContract"],
    ["a short signer", { ...request, signer: "0x12" }, "signer"],
    ["a signer that is none", { ...request, signer: "me" }, "signer"],
    ["half a byte", { ...request, signature: "0x123" }, "signature"],
    ["a signature without end", { ...request, signature: `0x${"00".repeat(9_000)}` }, "signature"],
    ["no signature", { ...request, signature: undefined }, "signature"],
  ];
  for (const [what, input, path] of wrong) it(`refuses ${what}`, () => refused(input, path));

  const issuedAt = BigInt(request.message.issuedAt);
  const seconds = issuedAt / 1000n;
  const fields: [what: string, message: Record<string, unknown>, path: string][] = [
    ["one field more", { note: "x" }, "message.note"],
    ["a grantee that is none", { grantee: "clinic" }, "message.grantee"],
    ["a grantee at zero", { grantee: ZeroAddress }, "message.grantee"],
    ["ANY_PROVIDER", { grantee: "0x65eCB7cD3685D251097426D3F3877CD8DCB860EF" }, "message.grantee"],
    [
      "a mistyped checksum",
      { grantee: request.message.grantee.replace(/[a-f]/, (c) => c.toUpperCase()).replace("0X", "0x") },
      "message.grantee",
    ],
    ["the grantee as patient", { patient: request.message.grantee }, "message.patient"],
    ["a patient that is none", { patient: "" }, "message.patient"],
    ["no categories", { categories: [] }, "message.categories"],
    ["categories as text", { categories: "LABS" }, "message.categories"],
    ["too many categories", { categories: Array.from({ length: 65 }, () => "LABS") }, "message.categories"],
    ["a category twice", { categories: ["LABS", "LABS"] }, "message.categories"],
    ["categories in disorder", { categories: ["LABS", "MEDICATIONS"] }, "message.categories"],
    ["an HL7 code in place of a name", { categories: ["laboratory"] }, "message.categories"],
    ["a number as category", { categories: [8] }, "message.categories[0]"],
    ["break-glass", { purposes: ["TREAT", "BTG"] }, "message.purposes"],
    ["no actions", { actions: null }, "message.actions"],
    ["a record that is none", { record: "0x" }, "message.record"],
    ["no programme", { programme: undefined }, "message.programme"],
    [
      "a record and a programme",
      { record: `0x03${"1".repeat(62)}`, programme: `0x04${"1".repeat(62)}` },
      "message.programme",
    ],
    ["a time as number", { notBefore: 0 }, "message.notBefore"],
    ["a time with a zero before", { notBefore: "00" }, "message.notBefore"],
    ["a time below zero", { notBefore: "-1" }, "message.notBefore"],
    ["a time in hexadecimal digits", { expiresAt: "0x10" }, "message.expiresAt"],
    ["a time of more than 48 bits", { expiresAt: String(2n ** 48n) }, "message.expiresAt"],
    ["an end before its start", { notBefore: "9", expiresAt: "9" }, "message.expiresAt"],
    ["a deadline before it was made", { deadline: String(seconds - 1n) }, "message.deadline"],
    ["a deadline after 90 days", { deadline: String(seconds + 90n * 86_400n + 1n) }, "message.deadline"],
    ["an id of 31 bytes", { id: `0x${"11".repeat(31)}` }, "message.id"],
    ["an id of 33 bytes", { id: `0x${"11".repeat(33)}` }, "message.id"],
    ["no reason", { reason: undefined }, "message.reason"],
  ];
  for (const [what, message, path] of fields) {
    it(`refuses ${what} in its message`, () => refused(altered(request, message), path));
  }

  it("tells an unknown code from a wrong shape: the other side may know more codes", () => {
    const parse = () => requests.parse(altered(request, { categories: ["LABZ"] }));
    expect(parse).to.throw(UnknownCodeError).with.property("suggestions").deep.equal(["LABS"]);
  });

  describe("a reason", () => {
    const good = ["a", "a".repeat(500), "👩‍⚕️ Visite", "نمی‌خواهم", "Warum? – „so“; 'x' {y} <b>", "😀".repeat(500)];
    for (const reason of good) {
      it(`can be ${[...reason].slice(0, 12).join("")}`, () => {
        expect(requests.parse(altered(request, { reason })).message.reason).to.equal(reason);
      });
    }

    const bad: [what: string, reason: string][] = [
      ["nothing", ""],
      ["501 characters", "a".repeat(501)],
      ["501 characters of two units", "😀".repeat(501)],
      ["spaces at its end", "why "],
      ["another normal form", "e\u0301"],
      ["a line break", "a\nb"],
      ["a tabulator", "a\tb"],
      ["a zero", "a\u0000b"],
      ["an escape", "a\u001b[31m"],
      ["a line separator", "a\u2028b"],
      ["an override of direction", "a\u202eb"],
      ["an isolate", "a\u2067b"],
      ["a mark of direction", "a\u200fb"],
      ["an Arabic mark of direction", "a\u061cb"],
      ["a space without width", "a\u200bb"],
      ["a byte order mark", "a\ufeffb"],
      ["a soft hyphen", "a\u00adb"],
      ["a tag", "a\u{e0041}b"],
      ["a private character", "a\ue000b"],
      ["half a character", "a\ud83db"],
    ];
    for (const [what, reason] of bad) {
      it(`can't be ${what}`, () => {
        refused({ ...request, message: { ...request.message, reason } }, "message.reason");
      });
    }
  });
});

describe("requests.toLink and fromLink", () => {
  it("carry a request in the fragment, which no server sees", () => {
    const link = requests.toLink(request, "https://consent.example/answer?lang=de");
    expect(new URL(link).search).to.equal("?lang=de");
    expect(link).to.match(/^https:\/\/consent\.example\/answer\?lang=de#request=[A-Za-z0-9_-]+$/);
    expect(requests.fromLink(link)).to.deep.equal(request);
    expect(requests.fromLink(new URL(link).hash)).to.deep.equal(request);
  });

  it("carry every character", () => {
    const reason = "👩‍⚕️ ÿ¿ “x” ?>~";
    const link = requests.toLink(altered(request, { reason }), "http://127.0.0.1/");
    expect(requests.fromLink(link).message.reason).to.equal(reason);
  });

  for (const page of [
    "consent.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://consent.example/#",
    "",
    5,
  ]) {
    it(`refuse the page ${page}`, () => {
      expect(() => requests.toLink(request, page as string)).to.throw(InvalidParameterError);
    });
  }

  it("refuse to carry what is no request", () => {
    expect(() => requests.toLink({ ...request, extra: 1 } as AccessRequest, "https://x.example/")).to.throw(
      MalformedRequestError,
    );
  });

  const good = requests.toLink(request, "https://x.example/");
  const links: [what: string, link: unknown][] = [
    ["no link", undefined],
    ["no fragment", "https://x.example/"],
    ["another fragment", good.replace("#request", "#other")],
    ["an empty request", "#request="],
    ["characters that are no base64url", `${good}+`],
    ["a padding", `${good}=`],
    ["half of it", good.slice(0, good.length / 2)],
    ["what is no UTF-8", "#request=_____w"],
    ["a link without end", `#request=${"A".repeat(140_000)}`],
  ];
  for (const [what, link] of links) {
    it(`refuse ${what}`, () => {
      expect(() => requests.fromLink(link as string)).to.throw(MalformedRequestError);
    });
  }
});
