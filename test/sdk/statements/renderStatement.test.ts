import {
  allActions,
  allCategories,
  allPurposes,
  ANY_PROVIDER,
  ConditionalWithoutDocumentError,
  isSensitivity,
  InvalidAddressError,
  InvalidDateError,
  InvalidParameterError,
  InvalidRecordIdError,
  InvalidStatementTextsError,
  renderStatement,
  type StatementInput,
  statementTexts,
  type StatementTexts,
  UnknownBitsError,
  UnknownLocaleError,
} from "@consentry/sdk";
import { expect } from "chai";
import { id } from "ethers";
import { randomOf, SEED } from "../../contracts/random.js";
import { BITS } from "./bits.js";
import { pseudo } from "./pseudo.js";
import { CLINIC, familyScope, type Fields, GENERAL, LABS, pack, PATIENT, someStatement, stating } from "./words.js";

const RECORD = `0x03${CLINIC.slice(2).toLowerCase()}${"1".repeat(22)}`;
const PROGRAMME = `0x04${"2".repeat(62)}`;
const DOCUMENT = `0x${"ab".repeat(32)}`;

function lineOf(statement: StatementInput): string {
  return renderStatement(statement).split("\n")[2]!;
}

describe("renderStatement", () => {
  it("says in English what is allowed", () => {
    const treat = BigInt(0b1111);
    const fields = { categories: (1n << 8n) | (1n << 5n) | (1n << 44n), purposes: treat, actions: 6n };
    const period = { notBefore: 1_798_761_600n, expiresAt: 1_830_297_600n, conditional: true };
    const refused = 1_767_225_600_999n << 200n;
    const grant = { scope: familyScope("TREAT"), replaces: refused };
    expect(renderStatement(stating({ ...fields, ...period }, grant)).split("\n")).to.deep.equal([
      "Consent to the use of health data [Consentry en/1]",
      `Said at 2026-11-21 18:01:17.123 UTC for the patient ${PATIENT}.`,
      `1. I allow ${CLINIC} to do this with my data: see it, use it; kinds of data: medicines, laboratory results; ` +
        "sensitive data: only HIV and AIDS; purposes: to treat me, to treat me in an emergency, to coordinate my care, " +
        "to let software suggest decisions about my treatment; " +
        "as my word about the purpose to treat me and those that belong to it; " +
        "valid from 2027-01-01 00:00:00 UTC, until 2028-01-01 00:00:00 UTC, " +
        `as narrowed by the attached document ${DOCUMENT}.`,
      "Number 1 replaces my refusal of 2026-01-01 00:00:00.999 UTC.",
      `Attached document: ${DOCUMENT}.`,
    ]);
  });

  const clauses: [what: string, statement: StatementInput, says: string][] = [
    ["that nothing sensitive is allowed", stating(), "; sensitive data: none;"],
    [
      "that no kind is named",
      stating({ categories: 1n << 44n }),
      "; kinds of data: none; sensitive data: only HIV and AIDS;",
    ],
    ["that it lasts until withdrawn", stating(), "valid at once, until I withdraw it."],
    ["to whom, if to everybody", stating({}, { grantee: ANY_PROVIDER }), "every organization and practitioner"],
    ["that it is general", stating(), "; for everything about which I have not said something narrower;"],
    ["for which record", stating({}, { scope: RECORD }), `; only for the record ${RECORD};`],
    ["in which programme", stating({}, { scope: PROGRAMME }), `; only within the programme ${PROGRAMME};`],
    ["a time beyond the year 9999", stating({ expiresAt: 253_402_300_800n }), "until unix 253402300800 s."],
  ];
  for (const [what, statement, says] of clauses) it(`says ${what}`, () => expect(lineOf(statement)).to.include(says));

  it("has a sentence for each consent, in their order, and numbers what they replace", () => {
    const [first] = stating().grants;
    const second = { ...first!, scope: RECORD, replaces: pack(LABS, 1n) };
    const lines = renderStatement({ ...stating(), grants: [first!, second] }).split("\n");
    expect(lines.map((line) => /^(\d\. I allow|Number \d replaces my consent|[A-Z]\w+)/.exec(line)![1])).to.deep.equal([
      "Consent",
      "Said",
      "1. I allow",
      "2. I allow",
      "Number 2 replaces my consent",
    ]);
  });

  it("takes terms in names and dates, and a scope that is described", () => {
    const terms = {
      categories: ["LABS" as const],
      purposes: ["TREAT" as const],
      actions: ["access" as const],
      from: undefined,
      until: "until-revoked" as const,
      conditional: false,
    };
    const described = stating({}, { scope: { kind: "general", id: GENERAL }, terms });
    expect(renderStatement(described)).to.equal(renderStatement(stating()));
  });

  it("reads the same however addresses and hashes are spelt, and whatever the time is given as", () => {
    const lower = { grantee: CLINIC.toLowerCase(), scope: RECORD.toUpperCase().replace("0X", "0x") };
    const spelt = { ...stating({}, lower), patient: PATIENT.toLowerCase(), issuedAt: 1_795_284_077_123n };
    expect(renderStatement(spelt)).to.equal(renderStatement(stating({}, { scope: RECORD })));
  });

  it("leaves out a document of zero", () => {
    expect(renderStatement({ ...stating(), document: `0x${"0".repeat(64)}` })).to.equal(renderStatement(stating()));
  });

  it("never changes what was signed: a changed text takes another version", () => {
    const everything = { categories: 0xefffffffbfffffffn, purposes: 0x1fffffffn, actions: 0x1fn } as const;
    const scopes = [GENERAL, familyScope("HRESCH"), RECORD, PROGRAMME];
    const times = { notBefore: 1_798_761_600n, expiresAt: 1_830_297_600n, conditional: true };
    const grants = scopes.map((scope, i) => {
      const terms = pack({ ...LABS, ...everything, ...(i > 0 && times) });
      const replaces = pack(LABS, 1_767_225_600_999n);
      return { grantee: i > 1 ? CLINIC : ANY_PROVIDER, scope, terms, replaces: i === 0 ? 1n << 200n : replaces };
    });
    const plain = [...stating().grants, ...stating({ categories: 1n << 44n }).grants];
    const text = renderStatement({ ...stating({ conditional: true }), grants: [...grants, ...plain] });
    expect(id(text)).to.equal("0xad646d8631c55df36a528c8f8d58eb4fe3389f5302ea67676b6ffffa7c2ceb11");
  });

  it("never reads the same for two statements: each can be read back", () => {
    const random = randomOf(SEED);
    for (let run = 0; run < 400; run++) {
      const statement = someStatement(random);
      expect(readBack(renderStatement(statement)), `run ${run}`).to.deep.equal(asRead(statement));
    }
  });

  const bad: [what: string, statement: StatementInput, type: abstract new (...args: never) => Error][] = [
    ["a patient that is none", { ...stating(), patient: "Jane" }, InvalidAddressError],
    ["a grantee that is a text", stating({}, { grantee: `${CLINIC}\n2. I allow` }), InvalidAddressError],
    ["no grants", { ...stating(), grants: [] }, InvalidParameterError],
    ["no categories", stating({ categories: 0n }), InvalidParameterError],
    ["no purposes", stating({ purposes: 0n }), InvalidParameterError],
    ["no actions", stating({ actions: 0n }), InvalidParameterError],
    ["an undefined category", stating({ categories: 1n << 30n }), UnknownBitsError],
    ["an undefined purpose", stating({ purposes: 1n << 30n }), UnknownBitsError],
    ["an undefined action", stating({ actions: 1n << 7n }), UnknownBitsError],
    ["break-glass", stating({ purposes: (1n << 31n) | 1n }), InvalidParameterError],
    ["an end at its start", stating({ notBefore: 9n, expiresAt: 9n }, { scope: RECORD }), InvalidParameterError],
    ["a start in the GENERAL scope", stating({ notBefore: 1n }), InvalidParameterError],
    ["a stamp", stating({}, { terms: pack(LABS, 1n) }), InvalidParameterError],
    ["an undefined flag", stating({}, { terms: pack(LABS) | (1n << 249n) }), InvalidParameterError],
    ["a number as terms", stating({}, { terms: 5 as never }), InvalidParameterError],
    ["the scope EMERGENCY", stating({}, { scope: `0x05${"0".repeat(62)}` }), InvalidParameterError],
    ["an unknown scope", stating({}, { scope: `0x06${"0".repeat(62)}` }), InvalidParameterError],
    ["no scope", stating({}, { scope: undefined as never }), InvalidParameterError],
    ["a record of nobody", stating({}, { scope: `0x03${"0".repeat(62)}` }), InvalidRecordIdError],
    ["a programme without a name", stating({}, { scope: `0x04${"0".repeat(62)}` }), InvalidParameterError],
    ["a time that is none", { ...stating(), issuedAt: new Date(NaN) }, InvalidDateError],
    ["a stamp of more than 48 bits", { ...stating(), issuedAt: 1n << 48n }, InvalidDateError],
    ["a stamp as a number", { ...stating(), issuedAt: 5 as never }, InvalidDateError],
    ["a word that is none", stating({}, { replaces: -1n }), InvalidParameterError],
    ["a document that is a text", { ...stating(), document: "my will" }, InvalidParameterError],
    [
      "a condition without a document",
      { ...stating({ conditional: true }), document: undefined },
      ConditionalWithoutDocumentError,
    ],
  ];
  for (const [what, statement, type] of bad) {
    it(`refuses ${what}`, () => expect(() => renderStatement(statement)).to.throw(type));
  }

  describe("in another language", () => {
    it("says the same in its texts", () => {
      const text = renderStatement(stating(), pseudo);
      expect(text).to.match(/^⟦Consent to .*⟧ \[Consentry qps\/7\]\n/);
      expect(text.split("\n")).to.have.length(3);
      expect(text).to.not.equal(renderStatement(stating()));
      expect(text.split("\n")[2]).to.match(/^⟦1\. .*⟦laboratory results⟧.*⟧$/);
    });

    it("is an error where there are no texts", () => {
      expect(() => renderStatement(stating(), "tlh" as never)).to.throw(UnknownLocaleError, "tlh");
      expect(() => renderStatement(stating(), "toString" as never)).to.throw(UnknownLocaleError);
      expect(() => renderStatement(stating(), null as never)).to.throw(UnknownLocaleError);
    });

    const { en } = statementTexts;
    const faulty: [what: string, texts: Partial<StatementTexts>, path: string][] = [
      ["an id without version", { id: "en" }, "id"],
      ["an id with a line break", { id: "en/1\n" }, "id"],
      ["a template that leaves the purposes out", { consent: en.consent.replace("{purposes}", "") }, "consent"],
      ["a template that says the end twice", { consent: `${en.consent} {end}` }, "consent"],
      ["a template of two lines", { said: `${en.said}\n` }, "said"],
      ["a plain text with a placeholder", { atOnce: "at {time}" }, "atOnce"],
      ["two kinds of one name", { categories: { ...en.categories, HIV: en.categories.LABS } }, "categories.HIV"],
      ["a name with a comma", { purposes: { ...en.purposes, GOV: "treat, pay" } }, "purposes.GOV"],
      ["a name with a semicolon", { actions: { ...en.actions, use: "use; see" } }, "actions.use"],
      ["an empty name", { actions: { ...en.actions, use: "" } }, "actions.use"],
      ["a name with a space at its end", { actions: { ...en.actions, use: "see it " } }, "actions.use"],
    ];
    for (const [what, texts, path] of faulty) {
      it(`refuses ${what}`, () => {
        const render = () => renderStatement(stating(), { ...en, ...texts });
        expect(render).to.throw(InvalidStatementTextsError).with.property("path", path);
      });
    }
  });
});

/** What a statement says, as the reader finds it: fields of words in bits. */
interface Read {
  patient: string;
  issuedAt: string;
  document: string | undefined;
  grants: (Fields & { grantee: string; scope: string; replaces: string })[];
}

function asRead({ patient, issuedAt, document, grants }: StatementInput): Read {
  const time = (stamp: bigint) => stamp.toString();
  return {
    patient,
    issuedAt: time(issuedAt as bigint),
    document,
    grants: grants.map(({ grantee, scope, terms, replaces = 0n }) => {
      const word = terms as bigint;
      const field = (at: bigint, bits: bigint) => (word >> at) & ((1n << bits) - 1n);
      const stamp = time((replaces >> 200n) & ((1n << 48n) - 1n));
      return {
        grantee,
        scope: scope as string,
        categories: field(0n, 64n),
        purposes: field(64n, 32n),
        actions: field(96n, 8n),
        notBefore: field(104n, 48n),
        expiresAt: field(152n, 48n),
        conditional: field(248n, 8n) === 1n,
        replaces: replaces === 0n ? "" : `${(replaces & ((1n << 64n) - 1n)) === 0n ? "refusal" : "consent"} ${stamp}`,
      };
    }),
  };
}

/** Reads a statement back, with nothing but its text. */
function readBack(text: string): Read {
  const { en } = statementTexts;
  const [, said, ...lines] = text.split("\n");
  const [, at, patient] = /^Said at (.*) for the patient (0x\w{40})\.$/.exec(said!)!;
  const read: Read = { patient: patient!, issuedAt: milliseconds(at!), document: undefined, grants: [] };
  for (const line of lines) {
    const attached = /^Attached document: (0x\w{64})\.$/.exec(line);
    const replaced = /^Number (\d+) replaces my (consent|refusal) of (.*)\.$/.exec(line);
    if (attached !== null) read.document = attached[1];
    else if (replaced !== null)
      read.grants[Number(replaced[1]) - 1]!.replaces = `${replaced[2]!} ${milliseconds(replaced[3]!)}`;
    else read.grants.push(readConsent(line, read.grants.length + 1));
  }
  return read;

  function readConsent(line: string, number: number) {
    const match = new RegExp(
      `^${number}\\. I allow (.*?) to do this with my data: (.*?); kinds of data: (.*?); sensitive data: (none|only .*?); ` +
        "purposes: (.*?); (.*?); (valid at once|valid from .*?), (until .*?)(, as narrowed by the attached document 0x\\w{64})?\\.$",
    ).exec(line)!;
    const [, grantee, actions, kinds, sensitive, purposes, about, start, end, condition] = match;
    const names = [...allCategories()].filter((name) => {
      const list = isSensitivity(name) ? sensitive!.replace(/^only /, "") : kinds!;
      return list.split(", ").includes(en.categories[name]);
    });
    const bits = (all: readonly string[], chosen: (name: string) => boolean, bitOf: Map<string, number>) =>
      all.filter(chosen).reduce((sum, name) => sum | (1n << BigInt(bitOf.get(name)!)), 0n);
    return {
      grantee: grantee === en.anyProvider ? ANY_PROVIDER : grantee!,
      scope: readScope(about!),
      categories: bits(allCategories(), (name) => (names as string[]).includes(name), BITS.categories),
      purposes: bits(
        allPurposes(),
        (name) => purposes!.split(", ").includes(en.purposes[name as never]),
        BITS.purposes,
      ),
      actions: bits(allActions(), (name) => actions!.split(", ").includes(en.actions[name as never]), BITS.actions),
      notBefore: start === "valid at once" ? 0n : seconds(start!.replace("valid from ", "")),
      expiresAt: end === "until I withdraw it" ? 2n ** 48n - 1n : seconds(end!.replace("until ", "")),
      conditional: condition !== undefined,
      replaces: "",
    };
  }

  function readScope(about: string): string {
    const id = /0x\w{64}/.exec(about)?.[0];
    if (id !== undefined) return id;
    const family = /^as my word about the purpose (.*) and those that belong to it$/.exec(about)?.[1];
    return family === undefined
      ? GENERAL
      : familyScope(allPurposes().find((name) => en.purposes[name] === family) as never);
  }
}

function milliseconds(text: string): string {
  const beyond = /^unix (\d+) ms$/.exec(text);
  return beyond === null ? String(Date.parse(text.replace(" UTC", "Z").replace(" ", "T"))) : beyond[1]!;
}

function seconds(text: string): bigint {
  const beyond = /^unix (\d+) s$/.exec(text);
  return beyond === null ? BigInt(milliseconds(text)) / 1000n : BigInt(beyond[1]!);
}
