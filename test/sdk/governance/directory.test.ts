import {
  InvalidAddressError,
  InvalidCapabilitiesError,
  InvalidParameterError,
  NoSignerError,
  NotAccreditorOfError,
  NotActingForError,
  NotByOwnKeyError,
  ProviderUnknownError,
  contentHash,
  newSalt,
} from "@consentry/sdk";
import { governanceOf } from "@consentry/sdk/governance";
import { expect } from "chai";
import { id, ZeroHash } from "ethers";
import { createClient } from "../../../sdk/dist/client.js";
import { contextOf, waysOf } from "../../../sdk/dist/connect.js";
import { ethers, expectError, fixtures, sent, type World } from "../setup.js";

const IDENTIFIER = { system: "http://hl7.org/fhir/sid/us-npi", value: "1234567893" };
const HASH = id(`${IDENTIFIER.system}|${IDENTIFIER.value}`);
const MANAGER = { abilities: ["manage"], until: "until-revoked" } as const;

async function listed() {
  const world = await fixtures.accredited();
  const of = (name: keyof World["as"]) => governanceOf(world.as[name]);
  return { ...world, of, provider: world.signers.clinic.address };
}

describe("governance.setCapabilities", () => {
  it("sets what the accreditor may give, and leaves EMERGENCY as it is", async () => {
    const { of, provider, as } = await listed();
    await of("consortium").setEmergency({ provider, capable: true });
    const { events } = await of("accreditor").setCapabilities({ provider, capabilities: [] });
    expect(events).to.have.lengthOf(1);
    expect(events[0]).to.deep.include({ type: "CapabilitiesChanged", provider, capabilities: ["emergency"] });
    expect(await as.stranger.providers.get(provider)).to.deep.include({ capabilities: ["emergency"] });
    expect((await of("accreditor").setCapabilities({ provider, capabilities: [] })).events).to.deep.equal([]);
  });

  it("is refused to others, for whom nobody knows, and for what the consortium gives", async () => {
    const { of, provider, signers } = await listed();
    const params = { provider, capabilities: ["contribute"] } as const;
    await expectError(of("clinic").setCapabilities(params), NotAccreditorOfError);
    const unknown = { ...params, provider: signers.stranger.address };
    await expectError(of("accreditor").setCapabilities(unknown), ProviderUnknownError);
    const beyond = { provider, capabilities: ["emergency"] } as const;
    await expectError(of("accreditor").setCapabilities(beyond), InvalidCapabilitiesError);
    for (const [bad, parameter] of [
      [["manage"], "capabilities[0]"],
      ["contribute", "capabilities"],
    ] as const) {
      const promise = of("accreditor").setCapabilities({ provider, capabilities: bad as never });
      await expectError(promise, InvalidParameterError, { parameter });
    }
  });
});

describe("governance.setIdentifier and moveIdentifier", () => {
  it("hash an identifier as FHIR writes it, and say from whom to whom it went", async () => {
    const { of, provider, signers, providers } = await listed();
    const given = await of("accreditor").setIdentifier({ provider, identifier: IDENTIFIER });
    expect(given.events[0]).to.deep.include({ identifier: HASH, from: undefined, to: provider });
    expect(await providers.providerOfIdentifier(HASH)).to.equal(provider);
    const to = signers.hospital.address;
    const moved = await of("consortium").moveIdentifier({ identifier: IDENTIFIER, provider: to });
    expect(moved.events[0]).to.deep.include({ type: "IdentifierMoved", identifier: HASH, from: provider, to });
    const gone = await of("consortium").moveIdentifier({ identifier: IDENTIFIER, provider: null });
    expect(gone.events[0]).to.deep.include({ from: to, to: undefined });
    const again = of("consortium").moveIdentifier({ identifier: IDENTIFIER, provider });
    await expectError(again, Error, { code: "IdentifierUnknown", args: { identifier: HASH } });
  });

  it("refuse what somebody has, a second one, and whoever is not the accreditor", async () => {
    const { of, provider, signers } = await listed();
    const other = { ...IDENTIFIER, value: "1" };
    const hospital = signers.hospital.address;
    await of("accreditor").setIdentifier({ provider, identifier: IDENTIFIER });
    const taken = of("accreditor").setIdentifier({ provider: hospital, identifier: IDENTIFIER });
    await expectError(taken, Error, { code: "IdentifierInUse", args: { identifier: HASH, provider } });
    const second = of("accreditor").setIdentifier({ provider, identifier: other });
    await expectError(second, Error, { code: "IdentifierExists" });
    await expectError(of("clinic").setIdentifier({ provider: hospital, identifier: other }), NotAccreditorOfError);
  });

  for (const [what, identifier, parameter] of [
    ["no URI", { system: "npi", value: "1" }, "identifier.system"],
    ["a system that could be taken for system and value", { system: "urn:a|b", value: "1" }, "identifier.system"],
    ["no value", { system: "urn:a", value: "" }, "identifier.value"],
    ["a misspelt key", { system: "urn:a", valeu: "1" }, "identifier.valeu"],
    ["a hash", HASH, "identifier"],
  ] as const) {
    it(`take no identifier that is ${what}`, async () => {
      const { of, provider, signers } = await listed();
      const before = await sent(signers.accreditor);
      const promise = of("accreditor").setIdentifier({ provider, identifier: identifier as never });
      await expectError(promise, InvalidParameterError, { parameter });
      expect(await sent(signers.accreditor)).to.equal(before);
    });
  }
});

describe("governance.publishCredential", () => {
  it("publishes a hash, and removes it", async () => {
    const { of, provider, providers } = await listed();
    const hash = contentHash("licence 4711", newSalt());
    const { events } = await of("accreditor").publishCredential({ provider, hash });
    expect(events[0]).to.deep.include({ type: "CredentialChanged", provider, hash });
    expect(await providers.credentialOf(provider)).to.equal(hash);
    const removed = await of("accreditor").publishCredential({ provider, hash: "none" });
    expect(removed.events[0]).to.deep.include({ hash: undefined });
  });

  it("is refused to the provider itself, and for no hash", async () => {
    const { of, provider } = await listed();
    await expectError(of("clinic").publishCredential({ provider, hash: HASH }), NotAccreditorOfError);
    for (const hash of [ZeroHash, "0x12", ""]) {
      const promise = of("accreditor").publishCredential({ provider, hash });
      await expectError(promise, InvalidParameterError, { parameter: "hash" });
    }
  });
});

describe("governance.setEntry", () => {
  it("replaces name and endpoint, by the provider, its member and its accreditor", async () => {
    const { of, provider, as, signers } = await listed();
    const endpoint = "https://fhir.clinic.example/r4";
    const { events } = await of("clinic").setEntry({ name: "Clinic", endpoint });
    expect(events[0]).to.deep.include({ type: "EntryChanged", provider, name: "Clinic", endpoint });
    await of("accreditor").setEntry({ provider, name: "New Clinic" });
    expect(await as.stranger.providers.get(provider)).to.deep.include({ name: "New Clinic", endpoint: "" });
    await as.clinic.providers.setMember({ ...MANAGER, member: signers.member.address });
    const byMember = await of("member").setEntry({ provider, name: "Old Clinic" });
    expect(byMember.events[0]).to.include({ name: "Old Clinic", endpoint: "" });
  });

  it("is refused to strangers, for no name and for no URL", async () => {
    const { of, provider } = await listed();
    await expectError(of("stranger").setEntry({ provider, name: "Mine" }), NotActingForError);
    await expectError(of("clinic").setEntry({ name: " " }), InvalidParameterError, { parameter: "name" });
    const ftp = of("clinic").setEntry({ name: "Clinic", endpoint: "ftp://clinic" });
    await expectError(ftp, InvalidParameterError, { parameter: "endpoint" });
  });

  it("needs somebody who signs only where the provider is not named", async () => {
    const { provider, deployment } = await listed();
    const reader = governanceOf(createClient(contextOf(deployment, waysOf(ethers.provider))));
    await expectError(reader.setEntry.request({ name: "Clinic" }), NoSignerError);
    expect(await reader.setEntry.request({ provider, name: "Clinic" })).to.have.keys("to", "data");
  });
});

describe("governance.setOwnKey and restoreOwnKey", () => {
  const manages = (world: Awaited<ReturnType<typeof listed>>, member: string) =>
    world.as.clinic.providers.actsFor({ organization: world.provider, member, ability: "manage" });

  /** A member manages the clinic, and has switched its own key off. */
  async function switchedOff() {
    const world = await listed();
    const { of, as, signers, provider: organization } = world;
    await as.clinic.providers.setMember({ ...MANAGER, member: signers.member.address });
    const { events } = await of("member").setOwnKey({ organization, off: true });
    return { ...world, events, organization };
  }

  it("switch the own key off and on, by a member that manages", async () => {
    const world = await switchedOff();
    const { of, events, organization, signers, as } = world;
    const by = signers.member.address;
    expect(events[0]).to.deep.include({ type: "OwnKeySwitched", organization, off: true, by });
    expect(await manages(world, organization)).to.equal(false);
    const params = { ...MANAGER, member: signers.otherMember.address };
    await expectError(as.clinic.providers.setMember(params), NotActingForError);
    const on = await of("member").setOwnKey({ organization, off: false });
    expect(on.events[0]).to.include({ off: false });
    expect(await manages(world, organization)).to.equal(true);
  });

  it("bring a clinic back whose last manager is gone: by the consortium", async () => {
    const world = await switchedOff();
    const { of, as, organization, signers } = world;
    const member = signers.member.address;
    await as.member.providers.setMember({ organization, member, abilities: [], until: "until-revoked" });
    await expectError(of("member").setOwnKey({ organization, off: false }), NotActingForError);
    await expectError(of("clinic").setOwnKey({ organization, off: false }), NotByOwnKeyError);
    expect(await manages(world, organization)).to.equal(false);
    const { events } = await of("consortium").restoreOwnKey({ organization });
    expect(events[0]).to.deep.include({ organization, off: false, by: signers.consortium.address });
    expect(await manages(world, organization)).to.equal(true);
    expect((await of("consortium").restoreOwnKey({ organization })).events).to.deep.equal([]);
  });

  it("are refused to the key itself, to strangers and without saying off or on", async () => {
    const { of, provider: organization, signers } = await listed();
    await expectError(of("clinic").setOwnKey({ organization, off: true }), NotByOwnKeyError);
    await expectError(of("stranger").setOwnKey({ organization, off: true }), NotActingForError);
    await expectError(of("member").setOwnKey({ organization } as never), InvalidParameterError, { parameter: "off" });
    await expectError(of("member").setOwnKey({ organization: "x", off: true }), InvalidAddressError);
    const unknown = of("consortium").restoreOwnKey({ organization: signers.stranger.address });
    await expectError(unknown, ProviderUnknownError);
  });
});

describe("governance without delays", () => {
  it("does at once what the client's own actions do", async () => {
    const { of, provider, as, signers } = await listed();
    await as.accreditor.providers.suspend({ provider });
    expect((await of("consortium").reinstate({ provider })).events[0]).to.include({ type: "ProviderReinstated" });
    const account = signers.lab.address;
    await of("consortium").appointAccreditor({ accreditor: 1, account });
    const params = { provider, until: "2098-12-31" };
    await expectError(as.accreditor.providers.renew(params), NotAccreditorOfError);
    await as.lab.providers.renew(params);
  });

  it("gives and takes roles, and says nothing where nothing changed", async () => {
    const { of, signers } = await listed();
    const account = signers.lab.address;
    const granted = await of("consortium").grantRole({ role: "reviewer", account, delay: 0 });
    expect(granted.events[0]).to.deep.include({ type: "RoleGranted", role: "reviewer", roleId: 2n, account, delay: 0 });
    const revoked = await of("consortium").revokeRole({ role: "reviewer", account });
    expect(revoked.events[0]).to.deep.include({ type: "RoleRevoked", role: "reviewer", roleId: 2n, account });
    expect((await of("consortium").revokeRole({ role: "reviewer", account })).events).to.deep.equal([]);
  });

  it("names no role that the project does not have", async () => {
    const { of, manager, signers } = await listed();
    const data = manager.interface.encodeFunctionData("grantRole", [7, signers.lab.address, 0]);
    const target = await manager.getAddress();
    // With a delay of its own, so that it can be announced.
    await of("consortium").grantRole({ role: "admin", account: signers.lab.address, delay: 60 });
    const { id: announced, readyAt } = await of("lab").announce({ to: target, data });
    await ethers.provider.send("evm_setNextBlockTimestamp", [readyAt.getTime() / 1000]);
    const { events } = await of("lab").execute(announced);
    expect(events.find(({ type }) => type === "RoleGranted")).to.deep.include({ role: undefined, roleId: 7n });
  });
});
