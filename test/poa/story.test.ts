import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "@consentry/sdk";
import { expect } from "chai";
import { endAll, settingsAt, startProcess } from "../relayer/support/process.js";
import { accepted, done } from "../relayer/support/world.js";
import { LABS, poaWorld } from "./world.js";

/** The account that pays for what the relayer delivers, which nobody else uses. */
const PAYER = 12;

describe("a chain of four validators", function () {
  this.timeout(180_000);

  const world = poaWorld();
  const folder = mkdtempSync(join(tmpdir(), "consentry-story-"));

  after(() => {
    endAll();
    rmSync(folder, { recursive: true });
  });

  /** What each validator decides, once it has that block. */
  const atEach = async (patient: string, atLeast: { blockNumber: number; blockHash: string }) => {
    const { deployment, validators } = world.chain;
    const clients = await Promise.all(validators.map(({ url }) => connect({ runner: url, deployment })));
    const question = {
      patient,
      grantee: world.people.clinic.address,
      categories: ["LABS"],
      purpose: "TREAT",
    } as const;
    const decisions = clients.map(({ consents }) => consents.decide(question, { atLeast }));
    return (await Promise.all(decisions)).map(({ permitted }) => permitted);
  };

  it("holds the same contracts at each of them", async () => {
    const { chain } = world;
    for (const { address } of Object.values(chain.deployment.contracts)) {
      const codes = await Promise.all(
        chain.validators.map((each) => each.ask<string>("eth_getCode", address, "latest")),
      );
      expect(codes[0]).to.have.length.above(1000);
      expect(new Set(codes).size).to.equal(1);
    }
  });

  it("has one block at each height", async () => {
    const { validators } = world.chain;
    const heights = await Promise.all(validators.map((each) => each.until((height) => height >= 10)));
    const number = `0x${Math.min(...heights).toString(16)}`;
    const blocks = validators.map((each) => each.ask<{ hash: string }>("eth_getBlockByNumber", number, false));
    expect(new Set((await Promise.all(blocks)).map(({ hash }) => hash)).size).to.equal(1);
  });

  it("carries a consent from its signature to its withdrawal, at every validator", async () => {
    const { clinic, relayer, hospital } = world.people;
    const patient = await world.person();
    const signed = await patient.consentry.consents.grant.sign({ ...LABS, grantee: clinic.address });
    const delivered = await relayer.consentry.relay.submit(signed);
    expect(await atEach(patient.address, delivered)).to.deep.equal([true, true, true, true]);

    await patient.consentry.consents.grant({ ...LABS, grantee: hospital.address, actions: ["collect"] });
    const registered = await hospital.consentry.records.register({
      patient: patient.address,
      categories: ["LABS"],
      content: '{"resourceType":"Observation"}',
      purpose: "TREAT",
    });
    const access = { record: registered.record, purpose: "TREAT" } as const;
    expect(await clinic.consentry.audit.access(access)).to.include({ permitted: true });

    const revoked = await patient.consentry.consents.revoke({ grantee: clinic.address });
    expect(await atEach(patient.address, revoked)).to.deep.equal([false, false, false, false]);
    expect(await clinic.consentry.audit.access(access)).to.include({ permitted: false });

    const entries = await patient.consentry.audit.history({ patient: patient.address });
    expect(entries.map(({ decision }) => decision)).to.deep.equal(["Permit", "Revoked"]);
  });

  it("carries what a patient signed, delivered by a relayer of its own process, once and for good", async () => {
    const { chain, people } = world;
    const patient = await world.person();
    const signed = await patient.consentry.consents.grant.sign({ ...LABS, grantee: people.clinic.address });
    const { url, deployment } = chain;
    const database = join(folder, "relayer.sqlite");
    const relayer = startProcess(settingsAt({ url, deployment, privateKey: chain.privateKey(PAYER), database }));
    const relayerUrl = await relayer.url();
    const { hash, blockNumber } = await done(relayerUrl, await accepted(relayerUrl, signed));

    const receipts = chain.validators.map(async (each) => {
      await each.until((height) => height >= blockNumber! + 3);
      return each.ask<{ blockHash: string; status: string }>("eth_getTransactionReceipt", hash);
    });
    const [first, ...others] = await Promise.all(receipts);
    expect(first!.status).to.equal("0x1");
    for (const { blockHash } of others) expect(blockHash).to.equal(first!.blockHash);
    const delivered = { blockNumber: blockNumber!, blockHash: first!.blockHash };
    expect(await atEach(patient.address, delivered)).to.deep.equal([true, true, true, true]);
    expect(await patient.consentry.consents.history({ patient: patient.address })).to.have.length(1);
    expect(await relayer.kill("SIGTERM")).to.equal(0);
    expect((await relayer.outcome).stderr).to.equal("");
  });
});
