import {
  AccessManagedUnauthorizedError,
  AccountInUseError,
  AlreadySuspendedError,
  InvalidAddressError,
  InvalidCapabilitiesError,
  InvalidDateError,
  InvalidExpiryError,
  InvalidMemberError,
  InvalidParameterError,
  NotAccreditorError,
  NotAccreditorOfError,
  NotActingForError,
  ProviderExistsError,
  ProviderUnknownError,
  type RegisterProviderParams,
} from "@consentry/sdk";
import { expect } from "chai";
import { expectError, fixtures, networkHelpers, sent, YEAR } from "../setup.js";

const HOSPITAL = {
  kind: "organization",
  capabilities: ["contribute"],
  until: "2098-12-31",
  name: "General Hospital",
  endpoint: "https://fhir.hospital.example/r4",
} as const;

describe("providers.register", () => {
  it("lists a provider, active at once", async () => {
    const { as, signers } = await fixtures.accredited();
    const provider = signers.lab.address;
    const { events } = await as.accreditor.providers.register({ ...HOSPITAL, provider });
    const until = new Date("2099-01-01T00:00:00Z");
    const listed = { provider, ...HOSPITAL, capabilities: ["contribute"], until };
    expect(events).to.have.length(1);
    expect(events[0]).to.deep.include({ type: "ProviderRegistered", accreditor: 1, ...listed });
    expect(await as.stranger.providers.get(provider)).to.deep.equal({
      ...listed,
      standing: "active",
      active: true,
      accreditor: { id: 1, account: signers.accreditor.address },
      encryptionKey: undefined,
    });
  });

  it("knows every kind, and needs neither capabilities nor endpoint", async () => {
    const { as, signers } = await fixtures.accredited();
    const params = { provider: signers.lab.address, kind: "device", until: "until-revoked", name: "Monitor" } as const;
    await as.accreditor.providers.register(params);
    expect(await as.stranger.providers.get(signers.lab.address)).to.deep.include({
      kind: "device",
      capabilities: [],
      endpoint: "",
      until: "until-revoked",
    });
  });

  const cases: [what: string, more: object, type: abstract new (...args: never) => Error, properties?: object][] = [
    ["no address", { provider: "x" }, InvalidAddressError, { parameter: "provider" }],
    ["an unknown kind", { kind: "hospital" }, InvalidParameterError, { parameter: "kind" }],
    ["an unknown capability", { capabilities: ["fly"] }, InvalidParameterError, { parameter: "capabilities[0]" }],
    ["a capability of the consortium's", { capabilities: ["emergency"] }, InvalidCapabilitiesError],
    ["no name", { name: " " }, InvalidParameterError, { parameter: "name" }],
    ["an endpoint that is no URL", { endpoint: "fhir" }, InvalidParameterError, { parameter: "endpoint" }],
    ["an endpoint that is not http", { endpoint: "ftp://x" }, InvalidParameterError, { parameter: "endpoint" }],
    ["a time that is none", { until: "soon" }, InvalidDateError, { parameter: "until" }],
    ["an end in the past", { until: "2001-01-01" }, InvalidExpiryError],
  ];
  for (const [what, more, type, properties] of cases) {
    it(`refuses ${what} before anything is sent`, async () => {
      const { as, signers } = await fixtures.accredited();
      const before = await sent(signers.accreditor);
      const params = { ...HOSPITAL, provider: signers.lab.address, ...more } as RegisterProviderParams;
      await expectError(as.accreditor.providers.register(params), type, properties);
      expect(await sent(signers.accreditor)).to.equal(before);
    });
  }

  it("is an accreditor's, and once for each provider", async () => {
    const { as, signers } = await fixtures.accredited();
    const provider = signers.clinic.address;
    await expectError(as.stranger.providers.register({ ...HOSPITAL, provider }), NotAccreditorError);
    const args = { provider };
    await expectError(as.accreditor.providers.register({ ...HOSPITAL, provider }), ProviderExistsError, { args });
    const request = await as.stranger.providers.register.request({ ...HOSPITAL, provider: signers.lab.address });
    await signers.accreditor.sendTransaction(request);
    expect((await as.stranger.providers.get(signers.lab.address)).active).to.be.true;
  });
});

describe("a provider's standing", () => {
  it("is suspended, reinstated, revoked, and ends", async () => {
    const { as, signers } = await fixtures.accredited();
    const provider = signers.clinic.address;
    const now = async () => as.stranger.providers.get(provider);
    const suspended = await as.accreditor.providers.suspend({ provider });
    expect(suspended.events[0]).to.include({ type: "ProviderSuspended", provider });
    expect(await now()).to.include({ standing: "suspended", active: false, name: "clinic" });
    await expectError(as.accreditor.providers.suspend({ provider }), AlreadySuspendedError, { args: { provider } });
    await expectError(as.accreditor.providers.reinstate({ provider }), AccessManagedUnauthorizedError);
    const reinstated = await as.consortium.providers.reinstate({ provider });
    expect(reinstated.events[0]).to.include({ type: "ProviderReinstated", provider });
    expect(await now()).to.include({ standing: "active", active: true });
    const revoked = await as.accreditor.providers.revoke({ provider });
    expect(revoked.events[0]).to.include({ type: "ProviderRevoked", provider });
    expect(await now()).to.include({ standing: "revoked", active: false });
    for (const action of ["suspend", "revoke", "reinstate"] as const) {
      expect(await as.stranger.providers[action].request({ provider })).to.have.keys("to", "data");
    }
  });

  it("ends with the accreditation, and is renewed", async () => {
    const { as, signers } = await fixtures.accredited();
    const provider = signers.clinic.address;
    await networkHelpers.time.increase(2 * YEAR);
    expect(await as.stranger.providers.get(provider)).to.include({ standing: "active", active: false });
    const { events } = await as.accreditor.providers.renew({ provider, until: "2098-12-31" });
    expect(events[0]).to.deep.include({ type: "ProviderRenewed", provider, until: new Date("2099-01-01T00:00:00Z") });
    expect(await as.stranger.providers.get(provider)).to.include({ active: true });
    expect(await as.stranger.providers.renew.request({ provider, until: 4_000_000_000 })).to.have.keys("to", "data");
  });

  it("is its own accreditor's matter", async () => {
    const { as, signers } = await fixtures.accredited();
    const provider = signers.clinic.address;
    await as.consortium.providers.appointAccreditor({ accreditor: 2, account: signers.otherAccreditor.address });
    await expectError(as.otherAccreditor.providers.suspend({ provider }), NotAccreditorOfError);
    await expectError(as.accreditor.providers.suspend({ provider: signers.lab.address }), ProviderUnknownError);
  });

  it("is unlisted for whom the directory does not know", async () => {
    const { as, signers } = await fixtures.accredited();
    const provider = signers.stranger.address;
    expect(await as.stranger.providers.get(provider)).to.deep.equal({ provider, standing: "unlisted", active: false });
    await expectError(as.stranger.providers.get("x"), InvalidAddressError, { parameter: "provider" });
  });
});

describe("providers.appointAccreditor", () => {
  it("puts an account behind an id, and leaves an id empty", async () => {
    const { as, signers } = await fixtures.accredited();
    const account = signers.otherAccreditor.address;
    const { events } = await as.consortium.providers.appointAccreditor({ accreditor: 2, account });
    expect(events[0]).to.include({ type: "AccreditorAppointed", accreditor: 2, account });
    await as.consortium.providers.appointAccreditor({ accreditor: 1, account: null });
    expect(await as.stranger.providers.get(signers.clinic.address)).to.deep.include({
      accreditor: { id: 1, account: undefined },
    });
    const again = as.consortium.providers.appointAccreditor({ accreditor: 3, account });
    await expectError(again, AccountInUseError, { args: { account, accreditor: 2n } });
    const request = await as.stranger.providers.appointAccreditor.request({ accreditor: 3, account });
    expect(request).to.have.keys("to", "data");
  });

  it("is the consortium's", async () => {
    const { as, signers } = await fixtures.accredited();
    const params = { accreditor: 2, account: signers.stranger.address };
    const args = { caller: signers.stranger.address };
    await expectError(as.stranger.providers.appointAccreditor(params), AccessManagedUnauthorizedError, { args });
    for (const accreditor of [0, -1, 1.5, 2 ** 32]) {
      const bad = as.consortium.providers.appointAccreditor({ ...params, accreditor });
      await expectError(bad, InvalidParameterError, { parameter: "accreditor" });
    }
  });
});

describe("providers.setMember", () => {
  it("lists a key with its abilities, and removes it", async () => {
    const { as, signers } = await fixtures.accredited();
    const [organization, member] = [signers.clinic.address, signers.member.address];
    const { events } = await as.clinic.providers.setMember({
      member,
      abilities: ["read", "audit"],
      until: "2098-12-31",
    });
    expect(events[0]).to.deep.include({
      type: "MemberChanged",
      organization,
      member,
      abilities: ["read", "audit"],
      by: organization,
    });
    const removed = await as.clinic.providers.setMember({ member, abilities: [], until: "2098-12-31" });
    expect(removed.events[0]!.abilities).to.deep.equal([]);
    const request = await as.clinic.providers.setMember.request({ member, abilities: ["read"], until: 4_000_000_000 });
    expect(request).to.have.keys("to", "data");
  });

  it("is the organization's", async () => {
    const { as, signers } = await fixtures.accredited();
    const [organization, member] = [signers.clinic.address, signers.member.address];
    const params = { organization, member, abilities: ["read"], until: "2098-12-31" } as const;
    await expectError(as.stranger.providers.setMember(params), NotActingForError, {
      args: { member: signers.stranger.address, organization, ability: 16n },
    });
    await expectError(as.clinic.providers.setMember({ ...params, member: organization }), InvalidMemberError);
    const unknown = as.clinic.providers.setMember({ ...params, abilities: ["fly" as "read"] });
    await expectError(unknown, InvalidParameterError, { parameter: "abilities[0]" });
  });
});
