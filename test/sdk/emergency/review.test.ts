import {
  AccessManagedUnauthorizedError,
  contentHash,
  InvalidReviewError,
  newSalt,
  NoSignerError,
  UnexpectedTransactionError,
} from "@consentry/sdk";
import { emergencyOf, type ReviewParams } from "@consentry/sdk/emergency";
import { expect } from "chai";
import { hexlify, randomBytes, ZeroHash } from "ethers";
import { createClient } from "../../../sdk/dist/client.js";
import { contextOf, waysOf } from "../../../sdk/dist/connect.js";
import { ethers, expectError, sent } from "../setup.js";
import { emergencyThrough, equipped, expectInvalid } from "./world.js";

const NOTE = "The ambulance confirms it";

async function broken() {
  const world = await equipped();
  const { subject } = await world.breakGlass("LABS");
  const entry = async () => (await world.emergency.patient.history({ patient: world.patient }))[0]!;
  return { ...world, subject, entry };
}

describe("emergency.review", () => {
  for (const verdict of ["justified", "unjustified", "inconclusive"] as const) {
    it(`states that it was ${verdict}, and the emergency has it`, async () => {
      const { emergency, signers, subject, entry } = await broken();
      expect(await entry()).to.deep.include({ reviews: [], verdict: undefined });
      const result = await emergency.reviewer.review({ subject, verdict, note: NOTE });
      expect(result).to.include({ subject, note: NOTE });
      const noteHash = contentHash(NOTE, result.salt!);
      const by = signers.reviewer.address;
      const event = { type: "Reviewed", subject, verdict, noteHash, by, transaction: result.hash };
      expect(result.events).to.have.length(1);
      expect(result.events[0]).to.deep.include(event);
      const reviewed = await entry();
      const block = await ethers.provider.getBlock(result.blockNumber);
      expect(reviewed.verdict).to.equal(verdict);
      expect(reviewed.reviews).to.have.length(1);
      expect(reviewed.reviews[0]).to.deep.include({ ...event, time: new Date(block!.timestamp * 1000) });
    });
  }

  it("needs no note, and then has no salt", async () => {
    const { emergency, subject, entry } = await broken();
    const result = await emergency.reviewer.review({ subject, verdict: "justified" });
    expect(result).to.include({ subject, note: undefined, salt: undefined });
    expect((await entry()).reviews[0]!.noteHash).to.equal(undefined);
  });

  it("of several, of the same reviewer or another, the last counts, and all are kept", async () => {
    const { emergency, manager, signers, subject, entry } = await broken();
    await manager.connect(signers.consortium).grantRole(2, signers.stranger, 0);
    await emergency.reviewer.review({ subject, verdict: "inconclusive" });
    await emergency.stranger.review({ subject, verdict: "unjustified" });
    await emergency.reviewer.review({ subject, verdict: "justified", note: NOTE });
    const { reviews, verdict } = await entry();
    const [one, other] = [signers.reviewer.address, signers.stranger.address];
    expect(verdict).to.equal("justified");
    expect(reviews.map((each) => [each.verdict, each.by])).to.deep.equal([
      ["inconclusive", one],
      ["unjustified", other],
      ["justified", one],
    ]);
  });

  it("of what names nothing is taken, and is in no emergency's reviews", async () => {
    const { emergency, entry } = await broken();
    const subject = hexlify(randomBytes(32));
    const { events } = await emergency.reviewer.review({ subject, verdict: "justified" });
    expect(events[0]).to.include({ subject });
    expect(await entry()).to.deep.include({ reviews: [], verdict: undefined });
  });

  it("salts each note anew, or with the salt that was kept before", async () => {
    const { emergency, subject } = await broken();
    const params = { subject, verdict: "justified", note: NOTE } as const;
    const [one, other] = [await emergency.reviewer.review(params), await emergency.reviewer.review(params)];
    expect(one.salt).to.not.equal(other.salt);
    const salt = newSalt();
    expect(await emergency.reviewer.review({ ...params, salt })).to.include({ salt });
  });

  it("takes a subject in capitals for the same", async () => {
    const { emergency, subject, entry } = await broken();
    await emergency.reviewer.review({ subject: `0x${subject.slice(2).toUpperCase()}`, verdict: "justified" });
    expect((await entry()).verdict).to.equal("justified");
  });

  it("can be built without being sent", async () => {
    const { emergency, signers, subject, entry } = await broken();
    const params = { subject, verdict: "justified", note: NOTE } as const;
    const { to, data, ...kept } = await emergency.stranger.review.request(params);
    await signers.reviewer.sendTransaction({ to, data });
    const [review] = (await entry()).reviews;
    expect(emergency.stranger.verifyNote(review!, emergency.stranger.parseNote(kept))).to.be.true;
  });

  it("is refused to everybody but reviewers, also to who no longer is one", async () => {
    const { emergency, manager, signers, subject } = await broken();
    const params = { subject, verdict: "justified" } as const;
    for (const name of ["patient", "clinic", "accreditor", "consortium", "stranger"] as const) {
      const caller = signers[name].address;
      await expectError(emergency[name].review(params), AccessManagedUnauthorizedError, { args: { caller } });
    }
    await manager.connect(signers.consortium).revokeRole(2, signers.reviewer);
    await expectError(emergency.reviewer.review(params), AccessManagedUnauthorizedError);
  });

  it("is refused by the contract where it is about nothing", async () => {
    const { emergency } = await broken();
    const nothing = emergency.reviewer.review({ subject: ZeroHash, verdict: "justified" });
    await expectError(nothing, InvalidReviewError, { args: { subject: ZeroHash, verdict: 1n } });
  });

  it("does not pass for done where the wallet sent something else", async () => {
    const { deployment, emergency, signers, subject } = await broken();
    const { hash } = await emergency.reviewer.review({ subject, verdict: "unjustified" });
    const liar = await emergencyThrough(signers.reviewer.address, deployment, hash);
    for (const params of [{ verdict: "justified" }, { verdict: "unjustified", note: NOTE }] as const) {
      await expectError(liar.review({ subject, ...params }), UnexpectedTransactionError, { hash });
    }
    expect(await liar.review({ subject, verdict: "unjustified" })).to.include({ hash }); // the very same
  });

  it("is refused without anybody who signs", async () => {
    const { as, subject } = await broken();
    const reader = emergencyOf(createClient(contextOf(as.clinic.deployment, waysOf(ethers.provider))));
    await expectError(reader.review({ subject, verdict: "justified" }), NoSignerError);
  });

  const cases: [what: string, params: object, parameter: string][] = [
    ["no subject", { subject: undefined }, "subject"],
    ["a subject that is cut", { subject: "0x1234" }, "subject"],
    ["no verdict", { verdict: undefined }, "verdict"],
    ["a verdict that is none", { verdict: "none" }, "verdict"],
    ["a verdict as a number", { verdict: 1 }, "verdict"],
    ["an empty note", { note: "" }, "note"],
    ["a note of two lines", { note: "a\nb" }, "note"],
    ["a salt without a note", { salt: newSalt() }, "salt"],
    ["a salt that is none", { note: NOTE, salt: "x" }, "salt"],
    ["a hash of the note", { noteHash: newSalt() }, "noteHash"],
  ];
  for (const [what, params, parameter] of cases) {
    it(`refuses ${what} before anything is sent`, async () => {
      const { emergency, signers, subject } = await broken();
      const before = await sent(signers.reviewer);
      const asked = { subject, verdict: "justified", ...params } as ReviewParams;
      await expectInvalid(emergency.reviewer.review(asked), parameter);
      expect(await sent(signers.reviewer)).to.equal(before);
    });
  }
});
