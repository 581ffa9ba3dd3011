import { InvalidAddressError, InvalidParameterError } from "@consentry/sdk";
import { expect } from "chai";
import { runInNewContext } from "node:vm";
import { shown } from "../../../sdk/dist/errors/input.js";
import { toBoolean } from "../../../sdk/dist/values/booleans.js";
import { onlyKeys } from "../../../sdk/dist/values/keys.js";
import { nonEmpty, oneCode, toList } from "../../../sdk/dist/values/lists.js";

/** Sees to it that a call throws InvalidParameterError about the parameter. */
function expectInvalid(call: () => unknown, parameter: string, hint?: string): void {
  const outcome = expect(call).to.throw(InvalidParameterError).that.includes({ parameter });
  if (hint !== undefined) outcome.and.includes({ hint });
}

describe("keys", () => {
  it("may be any that are allowed, undefined or not", () => {
    for (const params of [{}, { record: undefined }, { record: 1 }, Object.create(null), runInNewContext("({})")]) {
      expect(() => {
        onlyKeys(params, ["record"]);
      }).not.to.throw();
    }
  });

  it("that are misspelt are refused with what was meant", () => {
    const hint = "Unknown here. Did you mean record?";
    expectInvalid(() => onlyKeys({ recordId: 1 }, ["record", "patient"]), "recordId", hint);
    expectInvalid(() => onlyKeys({ recordId: undefined }, ["record"], "grants[1]."), "grants[1].recordId", hint);
  });

  it("that are misplaced are refused with what can be given", () => {
    const hint = "Unknown here. What can be given is: record, grantee.";
    expectInvalid(() => onlyKeys({ clear: true }, ["record", "grantee"]), "clear", hint);
  });

  for (const params of [undefined, null, "text", 1, [], () => 1, new Date(), new Map(), Object.create({})]) {
    it(`are those of a plain object, not ${Object.prototype.toString.call(params)}`, () => {
      expectInvalid(() => onlyKeys(params, []), "params");
      expectInvalid(() => onlyKeys(params, [], "grants[1]."), "grants[1]");
    });
  }
});

describe("a boolean", () => {
  it("is false if left out", () => {
    expect([undefined, true, false].map((value) => toBoolean(value, "clear"))).to.deep.equal([false, true, false]);
  });

  for (const value of ["false", "", 0, 1, null, []]) {
    it(`is not ${JSON.stringify(value)}`, () => {
      expectInvalid(() => toBoolean(value, "clear"), "clear");
    });
  }
});

describe("a list", () => {
  it("has no gaps", () => {
    const hole: string[] = [];
    hole[1] = "LABS";
    expectInvalid(() => nonEmpty(hole, "categories"), "categories[0]");
    expectInvalid(() => nonEmpty(["LABS", null], "categories"), "categories[1]");
    expectInvalid(() => nonEmpty(["LABS", undefined], "categories"), "categories[1]");
    expect(0 in toList(hole, "categories")).to.equal(true);
  });

  it("is no text, which gets a hint", () => {
    const text = "LABS" as unknown as string[];
    expectInvalid(() => nonEmpty(text, "categories"), "categories", 'Pass a list, as in ["LABS"].');
    expectInvalid(() => toList(text, "abilities"), "abilities", 'Pass a list, as in ["LABS"].');
  });

  it("is refused where one code is expected", () => {
    expect(() => oneCode(["TREAT"], "purpose")).to.throw(
      InvalidParameterError,
      "purpose must be one code, not a list.",
    );
    expect(oneCode("TREAT", "purpose")).to.equal("TREAT");
  });
});

describe("what is shown of an input", () => {
  const secret = `0x${"5eC1e7".repeat(11).slice(0, 64)}`;

  it("of a value that may be a secret is only the beginning", () => {
    expect(shown(secret)).to.equal('"0x5eC1e75e…"');
    expect(shown(secret.slice(2))).to.equal('"5eC1e75eC1…"');
    expect(shown({ grantee: [secret] })).to.equal('{"grantee":["0x5eC1e75e…"]}');
    expect(shown(BigInt(secret))).to.match(/^\d{10}…n$/);
    expect(shown(new Uint8Array(32).fill(7))).to.equal("[object Uint8Array]");
    expect(new InvalidAddressError("grantee", secret)).to.include({ input: '"0x5eC1e75e…"' });
    expect(new InvalidAddressError("grantee", secret).message).not.to.include(secret.slice(0, 20));
  });

  it("of an address is all", () => {
    const address = `0x${"ab".repeat(20)}`;
    expect(shown(address)).to.equal(`"${address}"`);
    expect(shown(`${address}c`)).to.equal('"0xabababab…"');
  });
});
