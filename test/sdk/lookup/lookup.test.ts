import {
  connect,
  ConsentryError,
  type Eip1193Wallet,
  InvalidAddressError,
  InvalidParameterError,
} from "@consentry/sdk";
import { type Lookup, lookupOf } from "@consentry/sdk/lookup";
import { expect } from "chai";
import { controlled, DAY } from "../patients/world.js";
import { connection, expectError, fixtures, networkHelpers } from "../setup.js";

describe("lookup.providers", () => {
  it("lists the directory in the order of its entries, each once", async () => {
    const { as, signers } = await fixtures.accredited();
    const lookup = lookupOf(as.stranger);
    const listed = await lookup.providers();
    expect(listed.map(({ provider }) => provider)).to.include(signers.clinic.address);
    expect(new Set(listed.map(({ provider }) => provider)).size).to.equal(listed.length);
    for (const each of listed) expect(each).to.deep.equal(await as.stranger.providers.get(each.provider));
  });

  it("leaves out what is not active, if asked to", async () => {
    const { as, signers } = await fixtures.accredited();
    const lookup = lookupOf(as.stranger);
    const { address } = signers.clinic;
    const active = async () => (await lookup.providers({ active: true })).map(({ provider }) => provider);
    expect(await active()).to.include(address);
    await as.accreditor.providers.suspend({ provider: address });
    expect(await active()).to.not.include(address);
    expect((await lookup.providers()).find(({ provider }) => provider === address)).to.include({
      standing: "suspended",
      active: false,
    });
  });

  it("takes what connect returned, and nothing that it does not know", async () => {
    const { as } = await fixtures.accredited();
    expect(() => lookupOf({ ...as.stranger })).to.throw(InvalidParameterError);
    await expectError(lookupOf(as.stranger).providers({ kind: "payer" } as never), InvalidParameterError);
  });
});

describe("lookup over a node that answers nonsense", () => {
  it("fails as every reading does", async () => {
    const { signers, deployment } = await fixtures.accredited();
    let isHonest = true;
    const runner: Eip1193Wallet = {
      request: (asked) => {
        if (!isHonest && asked.method === "eth_call") return Promise.resolve("0x12");
        return connection.provider.request(asked as { method: string; params?: unknown[] });
      },
    };
    const lookup = lookupOf(await connect({ runner, deployment }));
    isHonest = false;
    await expectError(lookup.providers(), ConsentryError);
    await expectError(lookup.patients(signers.patient.address), ConsentryError);
  });
});

describe("lookup.patients", () => {
  const patients = async (lookup: Lookup, account: string) => {
    return (await lookup.patients(account)).map(({ patient, as }) => [patient, as]);
  };

  it("has the account itself, until its control is passed on; then whoever has it", async () => {
    const { patient, address, spouse, spouseAddress } = await controlled();
    const lookup = lookupOf(patient);
    expect(await patients(lookup, address)).to.deep.equal([[address, "self"]]);
    expect(await patients(lookup, spouseAddress)).to.deep.equal([[spouseAddress, "self"]]);
    const acceptance = await spouse.patients.acceptControl.sign({ patient: address });
    await patient.patients.transferControl({ controller: spouseAddress, acceptance });
    expect(await patients(lookup, address)).to.deep.equal([]);
    expect(await patients(lookup, spouseAddress)).to.deep.equal([
      [spouseAddress, "self"],
      [address, "controller"],
    ]);
  });

  it("has dependents", async () => {
    const { patient, address } = await controlled();
    const { dependent } = await patient.patients.createDependent();
    expect(await patients(lookupOf(patient), address)).to.deep.equal([
      [address, "self"],
      [dependent, "controller"],
    ]);
  });

  it("has those that it represents, from the start of the appointment to its end", async () => {
    const { patient, address, spouseAddress } = await controlled();
    const lookup = lookupOf(patient);
    const now = await networkHelpers.time.latest();
    const [from, until] = [now + DAY, now + 2 * DAY];
    await patient.patients.appointRepresentative({ representative: spouseAddress, from, until });
    const represented = async () => (await lookup.patients(spouseAddress)).filter(({ as }) => as === "representative");
    expect(await represented()).to.deep.equal([]);
    await networkHelpers.time.increaseTo(from);
    expect(await represented()).to.deep.equal([
      { patient: address, as: "representative", until: new Date(until * 1000) },
    ]);
    await networkHelpers.time.increaseTo(until - 1);
    expect(await represented()).to.have.length(1);
    await networkHelpers.time.increaseTo(until);
    expect(await represented()).to.deep.equal([]);
  });

  it("refuses what is no address", async () => {
    const { patient } = await controlled();
    await expectError(lookupOf(patient).patients("0x1"), InvalidAddressError);
  });
});
