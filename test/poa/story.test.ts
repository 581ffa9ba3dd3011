import { connect } from "@consentry/sdk";
import { expect } from "chai";
import { LABS, poaWorld } from "./world.js";

describe("a chain of four validators", function () {
  this.timeout(180_000);

  const world = poaWorld();

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
    const { chain, people } = world;
    const { clinic, relayer, hospital } = people;
    const patient = await world.person();
    const question = {
      patient: patient.address,
      grantee: clinic.address,
      categories: ["LABS"],
      purpose: "TREAT",
    } as const;
    const atEach = async (atLeast: { blockNumber: number; blockHash: string }) => {
      const { deployment, validators } = chain;
      const clients = await Promise.all(validators.map(({ url }) => connect({ runner: url, deployment })));
      const decisions = clients.map(({ consents }) => consents.decide(question, { atLeast }));
      return (await Promise.all(decisions)).map(({ permitted }) => permitted);
    };

    const signed = await patient.consentry.consents.grant.sign({ ...LABS, grantee: clinic.address });
    const delivered = await relayer.consentry.relay.submit(signed);
    expect(await atEach(delivered)).to.deep.equal([true, true, true, true]);

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
    expect(await atEach(revoked)).to.deep.equal([false, false, false, false]);
    expect(await clinic.consentry.audit.access(access)).to.include({ permitted: false });

    const entries = await patient.consentry.audit.history({ patient: patient.address });
    expect(entries.map(({ decision }) => decision)).to.deep.equal(["Permit", "Revoked"]);
  });
});
