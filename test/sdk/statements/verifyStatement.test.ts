import {
  type Client,
  describeScope,
  newRecordId,
  renderStatement,
  type StatementInput,
  UnknownStatementTextsError,
  verifyStatement,
} from "@consentry/sdk";
import { expect } from "chai";
import { randomOf, SEED } from "../../contracts/random.js";
import { fixtures } from "../setup.js";
import { pseudo } from "./pseudo.js";
import { CLINIC, GENERAL, LABS, pack, PATIENT, someStatement, stating } from "./words.js";

const RECORD = newRecordId(CLINIC);
const REFUSED = 1_767_225_600_999n << 200n;

describe("verifyStatement", () => {
  it("proves what a statement says, whatever it says", () => {
    const random = randomOf(SEED);
    for (let run = 0; run < 100; run++) {
      const statement = someStatement(random);
      const other = someStatement(random);
      const text = renderStatement(statement);
      expect(verifyStatement(text, statement), `run ${run}`).to.be.true;
      expect(verifyStatement(text, other), `run ${run}`).to.be.false;
    }
  });

  it("refuses any statement in which one bit is different", () => {
    const text = renderStatement(stating({}, { scope: RECORD }));
    const word = pack(LABS);
    let tried = 0;
    for (let bit = 0n; bit < 200n; bit++) {
      const changed = stating({}, { scope: RECORD, terms: word ^ (1n << bit) });
      try {
        expect(verifyStatement(text, changed), `bit ${bit}`).to.be.false;
        tried++;
      } catch (error) {
        if ((error as Error).name === "AssertionError") throw error;
      }
    }
    expect(tried).to.be.above(150);
  });

  const others: [what: string, statement: StatementInput][] = [
    ["another patient", { ...stating(), patient: CLINIC }],
    ["another grantee", stating({}, { grantee: PATIENT })],
    ["another scope", stating({}, { scope: RECORD })],
    ["another time", { ...stating(), issuedAt: new Date("2026-11-21T18:01:17.124Z") }],
    ["a document", { ...stating(), document: `0x${"cd".repeat(32)}` }],
    ["a condition", stating({ conditional: true })],
    ["one consent more", { ...stating(), grants: [...stating().grants, ...stating({}, { scope: RECORD }).grants] }],
    ["something that it replaces", stating({}, { replaces: REFUSED })],
  ];
  for (const [what, statement] of others) {
    it(`refuses ${what}`, () => expect(verifyStatement(renderStatement(stating()), statement)).to.be.false);
  }

  const texts: [what: string, change: (text: string) => unknown][] = [
    ["a text with a line more", (text) => `${text}\nNumber 2 replaces my consent of 2026-01-01 00:00:00.999 UTC.`],
    ["a text with a line break more", (text) => `${text}\n`],
    ["a text with a line less", (text) => text.split("\n").slice(0, -1).join("\n")],
    ["a text with another space", (text) => text.replace(" to do", "  to do")],
    ["a text without a heading", (text) => text.slice(text.indexOf("\n") + 1)],
    ["no text", () => undefined],
    ["an empty text", () => ""],
  ];
  for (const [what, change] of texts) {
    it(`refuses ${what}`, () => {
      expect(verifyStatement(change(renderStatement(stating())) as string, stating())).to.be.false;
    });
  }

  describe("of what it replaces", () => {
    const refusal = stating({}, { replaces: REFUSED });
    const consent = stating({}, { replaces: pack(LABS, 1_767_225_600_999n) });

    it("takes the text's word where nothing else is known", () => {
      expect(verifyStatement(renderStatement(refusal), stating())).to.be.true;
      expect(verifyStatement(renderStatement(consent), stating())).to.be.true;
    });

    it("compares it where it is", () => {
      expect(verifyStatement(renderStatement(refusal), refusal)).to.be.true;
      expect(verifyStatement(renderStatement(refusal), consent)).to.be.false;
      expect(verifyStatement(renderStatement(refusal), stating({}, { replaces: 0n }))).to.be.false;
    });

    it("takes one word for a consent, about a time that can be", () => {
      const text = renderStatement(refusal);
      const line = text.split("\n").at(-1)!;
      expect(verifyStatement(`${text}\n${line}`, stating())).to.be.false;
      expect(verifyStatement(text.replace("2026-01-01", "2026-13-01"), stating())).to.be.false;
      expect(verifyStatement(text.replace("2026-01-01 00:00:00.999 UTC", `unix ${"9".repeat(30)} ms`), stating())).to.be
        .false;
    });
  });

  describe("in another language", () => {
    it("proves it with the texts that it names", () => {
      const text = renderStatement(stating({}, { replaces: REFUSED }), pseudo);
      expect(verifyStatement(text, stating(), [pseudo])).to.be.true;
      expect(verifyStatement(text.replace("qps/7", "en/1"), stating(), [pseudo])).to.be.false;
    });

    it("is an error where they are not known", () => {
      const verify = () => verifyStatement(renderStatement(stating(), pseudo), stating());
      expect(verify).to.throw(UnknownStatementTextsError).with.property("id", "qps/7");
    });
  });

  describe("of what stands on the chain", () => {
    /** The patient has withdrawn from the clinic, and then granted in the GENERAL scope: the registry gives that a start. */
    const granted = async () => {
      const { as, signers, consents } = await fixtures.accredited();
      const patient = signers.patient.address;
      const grantee = signers.clinic.address;
      await as.patient.consents.revoke({ grantee });
      const terms = { categories: ["LABS", "PSY"], purposes: ["TREAT", "HRESCH"], actions: ["access"] } as const;
      const { events } = await grantTo(as.patient, { grantee, ...terms });
      const word = await consents.termsOf(patient, grantee, GENERAL);
      return { patient, grantee, word, event: events[0]! };
    };

    const grantTo = (client: Client, terms: object) =>
      client.consents.grant({ until: "2098-12-31", ...terms } as never);

    it("proves it with the stored word, and with the event", async () => {
      const { patient, grantee, word, event } = await granted();
      const issuedAt = (word >> 200n) & ((1n << 48n) - 1n);
      expect((word >> 104n) & ((1n << 48n) - 1n)).to.not.equal(0n);
      const statement = { patient, issuedAt, grants: [{ grantee, scope: GENERAL, terms: event.terms }] };
      const signed = {
        ...statement,
        grants: [{ grantee, scope: GENERAL, terms: { ...event.terms, from: undefined } }],
      };
      const text = renderStatement(signed);
      expect(text).to.include("sensitive data: only psychiatric illness;").and.include("until 2099-01-01 00:00:00 UTC");
      expect(verifyStatement(text, statement)).to.be.true;
      const stored = { ...statement, grants: [{ grantee, scope: describeScope(GENERAL), terms: word }] };
      expect(verifyStatement(text, stored)).to.be.true;
      expect(verifyStatement(text, { ...stored, grants: [{ grantee, scope: GENERAL, terms: word ^ 1n }] })).to.be.false;
    });
  });
});
