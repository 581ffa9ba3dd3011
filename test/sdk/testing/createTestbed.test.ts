import { connect, InvalidDateError, InvalidParameterError, NotActingForError } from "@consentry/sdk";
import { createTestbed, type Testbed, TestbedError } from "@consentry/sdk/testing";
import { expect } from "chai";
import { BrowserProvider, Contract } from "ethers";
import { expectError } from "../setup.js";

const GRANT = { categories: ["LABS"], purposes: ["TREAT"], actions: ["access"], until: "until-revoked" } as const;

describe("createTestbed", function () {
  this.timeout(30_000);

  let testbed: Testbed;
  let restore: () => Promise<void>;
  before(async () => {
    testbed = await createTestbed();
    restore = await testbed.snapshot();
  });
  afterEach(() => restore());
  after(() => testbed.close());

  const decide = async (bed = testbed): Promise<string> => {
    const { patient, clinic } = bed.actors;
    const question = { patient: patient.address, grantee: clinic.address, categories: ["LABS"], purpose: "TREAT" };
    return (await clinic.consentry.consents.decide(question)).decision;
  };
  const grant = (until: Date | "until-revoked" = "until-revoked", { actors }: Testbed = testbed) =>
    actors.patient.consentry.consents.grant({ ...GRANT, grantee: actors.clinic.address, until });

  it("lists the providers and their members, and nobody else", async () => {
    const { hospital, clinic, researcher, doctor, gateway, stranger, patient } = testbed.actors;
    const { providers } = stranger.consentry;
    const listed = await Promise.all([hospital, clinic, researcher].map(({ address }) => providers.get(address)));
    expect(listed).to.containSubset([
      { active: true, name: "hospital", kind: "organization", capabilities: ["contribute"] },
      { active: true, name: "clinic", kind: "organization", capabilities: [] },
      { active: true, name: "researcher", kind: "researcher", capabilities: [] },
    ]);
    for (const [{ address: organization }, { address: member }, expected] of [
      [hospital, gateway, true],
      [clinic, gateway, true],
      [researcher, gateway, true],
      [clinic, doctor, true],
      [hospital, doctor, false],
      [clinic, stranger, false],
    ] as const) {
      expect(await providers.actsFor({ organization, member, ability: "read" })).to.equal(expected);
    }
    expect((await providers.get(patient.address)).standing).to.equal("unlisted");
    expect(await decide()).to.equal("NoConsent");
  });

  it("is governed by the consortium, and no more by who deployed it", async () => {
    const { consortium, accreditor, clinic } = testbed.actors;
    await accreditor.consentry.providers.suspend({ provider: clinic.address });
    await consortium.consentry.providers.reinstate({ provider: clinic.address });
    const { AccessManager } = testbed.deployment.contracts;
    const provider = new BrowserProvider(testbed.provider);
    const [deployer] = (await provider.send("eth_accounts", [])) as string[];
    const abi = ["function hasRole(uint64, address) view returns (bool isMember, uint32)"];
    const manager = new Contract(AccessManager.address, abi, provider);
    const isAdmin = async (account: string) => ((await manager.getFunction("hasRole")(0, account)) as [boolean])[0];
    expect([await isAdmin(deployer!), await isAdmin(consortium.address)]).to.deep.equal([false, true]);
    provider.destroy();
  });

  it("lets every actor send, several at once", async () => {
    const { patient, clinic, hospital, doctor, stranger } = testbed.actors;
    const { consents } = patient.consentry;
    await Promise.all([clinic, hospital, doctor].map(({ address }) => consents.grant({ ...GRANT, grantee: address })));
    expect(await consents.list({ patient: patient.address })).to.have.length(3);
    const asked = {
      patient: patient.address,
      categories: ["LABS"],
      purpose: "TREAT",
      onBehalfOf: clinic.address,
    } as const;
    expect((await doctor.consentry.audit.access(asked)).permitted).to.equal(true);
    await expectError(stranger.consentry.audit.access(asked), NotActingForError);
  });

  it("gives clients of one's own what they need", async () => {
    const client = await connect({ runner: testbed.provider, deployment: testbed.deployment });
    expect(client.chainId).to.equal(31337);
  });

  it("lets time pass, to the second", async () => {
    const start = (await testbed.now()).getTime();
    await grant(new Date(start + 3_600_000));
    await testbed.travelTo(new Date(start + 3_599_000));
    expect(await decide()).to.equal("Permit");
    await testbed.travel(1);
    expect(await decide()).to.equal("Expired");
    expect((await testbed.now()).getTime()).to.equal(start + 3_600_000);
    await testbed.travelTo("2098-01-01");
    expect((await testbed.now()).toISOString()).to.equal("2098-01-01T00:00:00.000Z");
  });

  it("does not let time stand still or go back", async () => {
    for (const seconds of [0, -1, 0.5, NaN, Infinity]) {
      await expectError(testbed.travel(seconds), InvalidParameterError, { parameter: "seconds" });
    }
    await expectError(testbed.travelTo(await testbed.now()), InvalidParameterError, { parameter: "time" });
    await expectError(testbed.travelTo("2020-01-01"), InvalidParameterError, { parameter: "time" });
    await expectError(testbed.travelTo("tomorrow"), InvalidDateError);
  });

  it("puts the chain back to a snapshot, as often as it is wanted", async () => {
    const time = await testbed.now();
    const back = await testbed.snapshot();
    for (let i = 0; i < 2; i++) {
      await grant();
      await testbed.travel(1000);
      expect(await decide()).to.equal("Permit");
      await back();
      expect([await decide(), await testbed.now()]).to.deep.equal(["NoConsent", time]);
    }
  });

  it("says so if a snapshot is gone", async () => {
    const earlier = await testbed.snapshot();
    const later = await testbed.snapshot();
    await earlier();
    await expectError(later(), TestbedError, { code: "Testbed" });
  });

  it("stands beside others, and ends", async () => {
    const other = await createTestbed();
    await grant();
    expect([await decide(), await decide(other)]).to.deep.equal(["Permit", "NoConsent"]);
    await other.close();
    await expectError(decide(other), Error);
    expect(await decide()).to.equal("Permit");
  });
});
