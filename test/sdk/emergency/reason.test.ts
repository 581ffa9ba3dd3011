import { InvalidParameterError, newSalt } from "@consentry/sdk";
import type { BreakGlassReason } from "@consentry/sdk/emergency";
import { expect } from "chai";
import { hexlify, randomBytes } from "ethers";
import { equipped, REASON } from "./world.js";

const NOTE = "The ambulance confirms it";

async function opened() {
  const world = await equipped();
  const { emergency } = world;
  const { subject, reason, salt } = await world.breakGlass("LABS");
  const { note } = await emergency.reviewer.review({ subject, verdict: "justified", note: NOTE }).then((result) => ({
    note: { subject, note: NOTE, salt: result.salt! },
  }));
  const [entry] = await emergency.patient.history({ patient: world.patient });
  return { ...world, given: { subject, reason, salt }, entry: entry!, note, tools: emergency.stranger };
}

describe("emergency.verifyReason", () => {
  it("proves the reason, with its subject or without, to whoever has it", async () => {
    const { as, given, entry, tools } = await opened();
    const { reason, salt } = given;
    expect(tools.verifyReason(entry, given)).to.be.true;
    expect(tools.verifyReason(entry, tools.parseReason(JSON.stringify(given)))).to.be.true;
    expect(tools.verifyReason(entry, { reason, salt })).to.be.true;
    const events = await as.patient.consents.history();
    const event = events.find((each) => each.type === "GlassBroken");
    expect(tools.verifyReason(event!, given)).to.be.true;
    expect(tools.subjectOf(event!)).to.equal(given.subject);
  });

  it("is false for another reason, another salt, and another break-glass", async () => {
    const { given, entry, tools, breakGlass, emergency } = await opened();
    expect(tools.verifyReason(entry, { ...given, reason: `${REASON}.` })).to.be.false;
    expect(tools.verifyReason(entry, { ...given, reason: "" })).to.be.false;
    expect(tools.verifyReason(entry, { ...given, salt: newSalt() })).to.be.false;
    expect(tools.verifyReason(entry, { ...given, subject: hexlify(randomBytes(32)) })).to.be.false;
    await breakGlass("LABS");
    const [, other] = await emergency.patient.history();
    expect(tools.verifyReason(other!, given)).to.be.false;
  });

  it("is false for the reason of one break-glass under the subject of another with the same hash", async () => {
    const { given, tools, emergency, patient } = await opened();
    const { reason, salt } = given;
    await emergency.clinic.breakGlass({ patient, categories: ["LABS"], reason, salt });
    const [one, two] = await emergency.patient.history();
    expect(two!.reasonHash).to.equal(one!.reasonHash);
    expect(tools.verifyReason(two!, { reason, salt })).to.be.true;
    expect(tools.verifyReason(two!, given)).to.be.false;
  });

  it("refuses what is no salt, no subject and no text", async () => {
    const { given, entry, tools } = await opened();
    for (const [change, parameter] of [
      [{ salt: "0x12" }, "salt"],
      [{ subject: "x" }, "subject"],
      [{ reason: 7 }, "reason"],
    ] as const) {
      const changed = { ...given, ...change } as BreakGlassReason;
      expect(() => tools.verifyReason(entry, changed))
        .to.throw(InvalidParameterError)
        .that.includes({ parameter });
    }
  });
});

describe("emergency.verifyNote", () => {
  it("throws for a text of broken characters, which has no hash", async () => {
    const { note, entry, tools } = await opened();
    const broken = { ...note, note: "\ud800" };
    expect(() => tools.verifyNote(entry.reviews[0]!, broken)).to.throw(InvalidParameterError);
  });

  it("proves the note, with its subject or without", async () => {
    const { note, entry, tools } = await opened();
    const [review] = entry.reviews;
    expect(tools.verifyNote(review!, note)).to.be.true;
    expect(tools.verifyNote(review!, tools.parseNote(JSON.stringify(note)))).to.be.true;
    expect(tools.verifyNote(review!, { note: NOTE, salt: note.salt })).to.be.true;
  });

  it("is false for another note, salt or subject, and for a review without a note", async () => {
    const { note, entry, tools, emergency } = await opened();
    const [review] = entry.reviews;
    expect(tools.verifyNote(review!, { ...note, note: "It was not" })).to.be.false;
    expect(tools.verifyNote(review!, { ...note, salt: newSalt() })).to.be.false;
    expect(tools.verifyNote(review!, { ...note, subject: hexlify(randomBytes(32)) })).to.be.false;
    const { events } = await emergency.reviewer.review({ subject: entry.subject, verdict: "justified" });
    expect(tools.verifyNote(events[0]!, note)).to.be.false;
  });
});

describe("emergency.parseReason and parseNote", () => {
  it("give a copy with nothing else in it, from JSON or its text", async () => {
    const { tools, given, note } = await opened();
    expect(tools.parseReason(given)).to.deep.equal(given);
    expect(tools.parseReason(given)).to.not.equal(given);
    expect(tools.parseReason(JSON.stringify(given))).to.deep.equal(given);
    expect(tools.parseReason({ ...given, salt: `0x${given.salt.slice(2).toUpperCase()}` })).to.deep.equal(given);
    expect(tools.parseNote(JSON.stringify(note))).to.deep.equal(note);
  });

  const cases: [what: string, change: unknown, path: string][] = [
    ["what is no JSON", "{", ""],
    ["a text that is too long", " ".repeat(10_001), ""],
    ["a number", 7, ""],
    ["null", null, ""],
    ["a list", [], ""],
    ["no subject", { subject: undefined }, ".subject"],
    ["a subject that is cut", { subject: "0x12" }, ".subject"],
    ["no salt", { salt: undefined }, ".salt"],
    ["a salt that is none", { salt: 1 }, ".salt"],
    ["what is not asked for", { patient: "0x" }, ".patient"],
  ];
  for (const [what, change, path] of cases) {
    it(`refuse ${what}`, async () => {
      const { tools, given, note } = await opened();
      const changed = (of: object) => (path === "" ? change : { ...of, ...(change as object) });
      expect(() => tools.parseReason(changed(given)))
        .to.throw(InvalidParameterError)
        .that.includes({ parameter: `reason${path}` });
      expect(() => tools.parseNote(changed(note)))
        .to.throw(InvalidParameterError)
        .that.includes({ parameter: `note${path}` });
    });
  }

  for (const text of [undefined, 7, "", "a\nb", " a", "u\u0308", "x".repeat(501), "a\u202eb"]) {
    it(`refuse ${(JSON.stringify(text) as string | undefined)?.slice(0, 20)} as a text`, async () => {
      const { tools, given, note } = await opened();
      expect(() => tools.parseReason({ ...given, reason: text }))
        .to.throw(InvalidParameterError)
        .that.includes({ parameter: "reason.reason" });
      expect(() => tools.parseNote({ ...note, note: text }))
        .to.throw(InvalidParameterError)
        .that.includes({ parameter: "note.note" });
    });
  }
});
