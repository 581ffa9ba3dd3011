import { expect } from "chai";
import { id } from "ethers";
import { address, type Name, startWorld, wallets, type World } from "../../support/world.js";

const { hospital, clinic, member, otherMember } = address;
const NPI = ["--system", "http://hl7.org/fhir/sid/us-npi", "--value", "1234567893"];

describe("consentry provider renew, revoke, set-member and what else changes the directory", function () {
  this.timeout(60_000);

  let world: World;
  let snapshot: unknown;

  before(async () => {
    world = await startWorld();
  });
  beforeEach(async () => {
    snapshot = await world.rpc("evm_snapshot");
  });
  afterEach(() => world.rpc("evm_revert", snapshot));
  after(() => world.close());

  const run = (name: Name, ...args: string[]) =>
    world.run(["provider", ...args, "--yes", "--json"], { env: { CONSENTRY_PRIVATE_KEY: wallets[name].privateKey } });
  /** The event that a command brings about. */
  const eventOf = async (name: Name, ...args: string[]) => {
    const { code, stdout, stderr } = await run(name, ...args);
    expect({ code, stderr }, args.join(" ")).to.deep.equal({ code: 0, stderr: "" });
    const { events } = JSON.parse(stdout) as { events: Record<string, unknown>[] };
    expect(events).to.have.lengthOf(1);
    return events[0]!;
  };
  const refusedWith = async (expected: string, name: Name, ...args: string[]) => {
    const { code, stdout, stderr } = await run(name, ...args);
    expect({ code, stdout }, args.join(" ")).to.deep.equal({ code: 1, stdout: "" });
    expect((JSON.parse(stderr) as { error: object }).error).to.include({ code: expected });
  };
  const entry = async () => world.json("provider", "get", hospital);

  it("renews, by the accreditor alone", async () => {
    const renew = ["renew", hospital, "--until", "2097-06-30", "--time-zone", "Europe/Berlin"];
    await refusedWith("NotAccreditorOf", "patient", ...renew);
    expect(await eventOf("accreditor", ...renew)).to.include({ type: "ProviderRenewed", provider: hospital });
    expect(await entry()).to.include({ until: "2097-06-30T22:00:00.000Z" });
    expect((await run("accreditor", "renew", hospital)).code).to.equal(2);
    expect((await run("accreditor", "renew", hospital, "--until", "soon")).code).to.equal(2);
  });

  it("revokes, once", async () => {
    expect(await eventOf("accreditor", "revoke", hospital)).to.include({ type: "ProviderRevoked" });
    expect(await entry()).to.include({ standing: "revoked", active: false });
    await refusedWith("AlreadyRevoked", "accreditor", "revoke", hospital);
  });

  it("lists members and removes them, by the organization and by who manages", async () => {
    const set = ["set-member", hospital, member, "--abilities", "read,manage", "--until", "2097-06-30"];
    await refusedWith("NotActingFor", "member", ...set);
    expect(await eventOf("hospital", ...set)).to.deep.include({ member, abilities: ["read", "manage"], by: hospital });
    const other = ["set-member", hospital, otherMember, "--abilities", "read", "--until", "2097-06-30"];
    expect(await eventOf("member", ...other)).to.deep.include({ member: otherMember, by: member });
    expect(await eventOf("hospital", "remove-member", hospital, otherMember)).to.deep.include({ abilities: [] });
    const { providers } = await world.as("patient");
    expect(await providers.actsFor({ organization: hospital, member: otherMember, ability: "read" })).to.equal(false);
    for (const abilities of ["everything", "read,,audit"]) {
      const bad = ["set-member", hospital, member, "--abilities", abilities, "--until", "2097-06-30"];
      expect((await run("hospital", ...bad)).code).to.equal(2);
    }
  });

  it("switches the own key off, and restores it when the last manager is gone", async () => {
    await eventOf("hospital", "set-member", hospital, member, "--abilities", "manage", "--until", "until-revoked");
    await refusedWith("NotByOwnKey", "hospital", "set-own-key", hospital, "off");
    expect(await eventOf("member", "set-own-key", hospital, "off")).to.include({ off: true, by: member });
    await refusedWith("NotActingFor", "hospital", "remove-member", hospital, member);
    await eventOf("member", "remove-member", hospital, member);
    await refusedWith("AccessManagedUnauthorized", "hospital", "restore-own-key", hospital);
    expect(await eventOf("consortium", "restore-own-key", hospital)).to.include({ off: false });
    await eventOf("hospital", "set-member", hospital, member, "--abilities", "read", "--until", "until-revoked");
    expect((await run("member", "set-own-key", hospital, "maybe")).code).to.equal(2);
  });

  it("changes what the directory says of a provider", async () => {
    const endpoint = "https://fhir.example/r4";
    await eventOf("hospital", "set-entry", hospital, "--name", "Hospital", "--endpoint", endpoint);
    await eventOf("accreditor", "set-capabilities", hospital, "none");
    expect(await entry()).to.deep.include({ name: "Hospital", endpoint, capabilities: [] });
    await eventOf("accreditor", "set-capabilities", hospital, "contribute");
    expect(await entry()).to.deep.include({ capabilities: ["contribute"] });
    const hash = id("a licence");
    expect(await eventOf("accreditor", "publish-credential", hospital, hash)).to.include({ hash });
    expect(await eventOf("accreditor", "publish-credential", hospital, "none")).to.not.have.property("hash");
    await refusedWith("NotAccreditorOf", "hospital", "set-capabilities", hospital, "none");
    await refusedWith("InvalidCapabilities", "accreditor", "set-capabilities", hospital, "emergency");
  });

  it("gives an identifier, moves it and takes it away", async () => {
    const identifier = id(`${NPI[1]}|${NPI[3]}`);
    const register = ["register", clinic, "--kind", "organization", "--name", "Clinic", "--until", "2098-12-31"];
    await eventOf("accreditor", ...register);
    const given = await eventOf("accreditor", "set-identifier", hospital, ...NPI);
    expect(given).to.include({ identifier, to: hospital }).and.to.not.have.property("from");
    await refusedWith("IdentifierInUse", "accreditor", "set-identifier", clinic, ...NPI);
    await refusedWith("AccessManagedUnauthorized", "accreditor", "move-identifier", ...NPI, "--to", clinic);
    expect(await eventOf("consortium", "move-identifier", ...NPI, "--to", clinic)).to.include({ to: clinic });
    const gone = await eventOf("consortium", "move-identifier", ...NPI, "--to", "nobody");
    expect(gone).to.include({ from: clinic }).and.to.not.have.property("to");
  });

  it("appoints an accreditor, and leaves its id empty", async () => {
    const appointed = await eventOf("consortium", "appoint-accreditor", "2", clinic);
    expect(appointed).to.include({ accreditor: 2, account: clinic });
    await eventOf("consortium", "appoint-accreditor", "2", "nobody");
    await refusedWith("AccessManagedUnauthorized", "accreditor", "appoint-accreditor", "2", clinic);
    expect((await run("consortium", "appoint-accreditor", "0", clinic)).code).to.equal(2);
  });

  it("says that nothing need be announced where nothing waits", async () => {
    await refusedWith("NothingToAnnounce", "consortium", "set-emergency", hospital, "on", "--announce");
    await refusedWith("AccessManagerUnauthorizedCall", "patient", "set-emergency", hospital, "on", "--announce");
    const taken = await eventOf("consortium", "set-emergency", hospital, "on");
    expect(taken).to.deep.include({ capabilities: ["contribute", "emergency"] });
  });
});
