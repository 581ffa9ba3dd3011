import { TimeoutError } from "@consentry/sdk";
import { expect } from "chai";
import { LABS, type Person, poaWorld } from "./world.js";

/** How long two of four are down, in seconds; CONSENTRY_HALT=60 takes some minutes. */
const HALT = Number(process.env["CONSENTRY_HALT"] ?? 15);

describe("two of four validators killed", function () {
  this.timeout(HALT * 1000 + 600_000);

  const world = poaWorld();
  let patient: Person;
  let question: { patient: string; grantee: string; categories: ["LABS"]; purpose: "TREAT" };
  let stopped: number;
  let error: TimeoutError;

  const mined = async () => {
    const [, validator] = world.chain.validators;
    return Number(await validator!.ask<string>("eth_getTransactionCount", patient.address, "latest"));
  };

  before(async () => {
    const { chain, people, person } = world;
    const [one, two, , four] = chain.validators;
    patient = await person();
    question = { patient: patient.address, grantee: people.clinic.address, categories: ["LABS"], purpose: "TREAT" };
    await patient.consentry.consents.grant({ ...LABS, grantee: people.clinic.address });
    // The patient asks the first one first.
    await Promise.all([one!.kill(), four!.kill()]);
    // What was agreed upon already may still arrive.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    stopped = (await two!.height())!;
  });

  it("a write ends in a TimeoutError that has its hash", async () => {
    const { consents } = await patient.open({ miningTimeout: HALT * 1000 });
    const failure: unknown = await consents.revoke({ grantee: question.grantee }).catch((thrown: unknown) => thrown);
    expect(failure).to.be.instanceOf(TimeoutError);
    error = failure as TimeoutError;
    expect(error.hash).to.match(/^0x[0-9a-f]{64}$/);
    expect(await mined()).to.equal(1);
  });

  it("checks go on, and tell the block that they are of", async () => {
    const [, two] = world.chain.validators;
    expect(await two!.height()).to.equal(stopped);
    const { permitted, blockNumber, blockTime } = await patient.consentry.consents.decide(question);
    expect(permitted).to.equal(true);
    expect(blockNumber).to.equal(stopped);
    expect(Date.now() - blockTime.getTime()).to.be.above(HALT * 1000);
  });

  it("goes on when they are back, and does what waited, once", async () => {
    const { validators } = world.chain;
    await Promise.all([validators[0]!.start(), validators[3]!.start()]);
    await Promise.all(validators.map((each) => each.until((height) => height > stopped)));
    const { hash } = await patient.consentry.wait(error.hash!);
    expect(hash).to.equal(error.hash);
    const { permitted } = await patient.consentry.consents.decide(question);
    expect(permitted).to.equal(false);
    await patient.consentry.consents.grant({ ...LABS, grantee: question.grantee });
    expect(await mined()).to.equal(3);
  });
});
