import { expect } from "chai";
import { accepted, done, post, relayerWorld, stateOf } from "./support/world.js";

const YES_IF_FREE = "0x3a15600657fe5b631626ba7e60e01b60005260206000f3";

describe("Relayer, the same words of two people", () => {
  const world = relayerWorld();

  it("a representative whose wallet turns does not take the patient's own with it", async () => {
    const { url } = await world.start();
    const [patient, friend] = [await world.person(), await world.person()];
    const representative = friend.address;
    const until = "2098-12-31";
    const appointment = await patient.client.patients.appointRepresentative.sign({ representative, until });
    await done(url, await accepted(url, appointment));
    const own = await patient.client.consents.revokeAll.sign({});
    await world.node.anvil.rpc("anvil_setCode", representative, YES_IF_FREE);
    const theirs = await accepted(url, { ...own, signer: representative, signature: "0x" });
    const { status, body } = await post(url, own);
    expect(status, JSON.stringify(body)).to.equal(202);
    expect((await stateOf(url, theirs, "failed", "done")).id).to.equal(theirs);
    await done(url, body["id"] as string);
    expect(await patient.client.consents.history({ patient: patient.address })).to.have.length(1);
  });
});
