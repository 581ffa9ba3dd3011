import { expect } from "chai";
import { ZeroHash } from "ethers";
import { address, type Name, startWorld, wallets, type World } from "../../support/world.js";
import type { Settings } from "../../support/consentry.js";

const DAY = 24 * 3600;
const { hospital } = address;
const SET = ["provider", "set-emergency", hospital, "on"];

/** The environment with the key of somebody. */
function key(name: Name): Settings {
  return { env: { CONSENTRY_PRIVATE_KEY: wallets[name].privateKey } };
}

interface Announcement {
  id: string;
  by: string;
  state: string;
  readyAt: string;
  call: { to: string; data: string; contract: string; name: string; args: Record<string, unknown> };
}

describe("consentry governance, where the consortium waits", function () {
  this.timeout(60_000);

  let world: World;
  let snapshot: unknown;

  before(async () => {
    world = await startWorld(DAY);
  });
  beforeEach(async () => {
    snapshot = await world.rpc("evm_snapshot");
  });
  afterEach(() => world.rpc("evm_revert", snapshot));
  after(() => world.close());

  const run = (name: Name, ...args: string[]) => world.run([...args, "--yes"], key(name));
  const codeOf = async (name: Name, ...args: string[]) => {
    const { code, stdout, stderr } = await run(name, ...args, "--json");
    expect({ code, stdout }, args.join(" ")).to.deep.equal({ code: 1, stdout: "" });
    return (JSON.parse(stderr) as { error: { code: string; message: string } }).error;
  };
  const announced = async () => (await world.json("governance", "announced"))["announced"] as Announcement[];
  const capabilities = async () => (await world.json("provider", "get", hospital))["capabilities"];

  it("announces, lists and does, and says before when it can be done", async () => {
    expect(await codeOf("consortium", ...SET)).to.include({ code: "AccessManagerNotScheduled" });
    const { code, stdout, stderr } = await run("consortium", ...SET, "--announce");
    expect(code).to.equal(0);
    expect(stderr).to.match(/^Action +Give a provider the capability to break the glass, or take it\n/);
    expect(stderr)
      .to.include("(AccessManager)")
      .and.to.match(/\n {2}capable +true\n/);
    expect(stdout).to.match(
      /^Done +OperationScheduled\nId +0x[0-9a-f]{64}\nReady +20\S+Z\nExpires +20\S+Z\nTransaction +0x/,
    );
    const [listed] = await announced();
    const { id, by, state, readyAt, call } = listed!;
    expect(stdout).to.include(id).and.to.include(readyAt.replace(".000Z", "Z"));
    expect({ by, state }).to.deep.equal({ by: address.consortium, state: "waiting" });
    expect(call).to.deep.include({ name: "setEmergency", args: { provider: hospital, capable: true } });

    const early = await codeOf("consortium", ...SET);
    expect(early.code).to.equal("NotReady");
    expect(early.message).to.include(readyAt);
    expect(await codeOf("consortium", "governance", "execute", id)).to.include({ code: "NotReady" });

    await world.pass(DAY);
    const table = await world.run(["governance", "announced"]);
    expect(table.stdout).to.include("ready").and.to.include("ProviderRegistry.setEmergency").and.to.include(id);
    expect((await run("consortium", ...SET)).stdout).to.match(/^Done +CapabilitiesChanged\n/);
    expect(await capabilities()).to.deep.equal(["contribute", "emergency"]);
    expect((await world.run(["governance", "announced"])).stdout).to.equal("Nothing is announced.\n");
  });

  it("does what was announced by its id, once, and by nobody else", async () => {
    await run("consortium", ...SET, "--announce");
    const [{ id }] = (await announced()) as [Announcement];
    await world.pass(DAY);
    expect(await codeOf("accreditor", "governance", "execute", id)).to.include({
      code: "AccessManagerUnauthorizedCall",
    });
    const { stdout } = await run("consortium", "governance", "execute", id);
    expect(stdout)
      .to.match(/^Done .*OperationExecuted/)
      .and.to.include("CapabilitiesChanged");
    const again = await codeOf("consortium", "governance", "execute", id);
    expect(again).to.include({ code: "AccessManagerNotScheduled" });
  });

  it("calls off, and lets nobody else do so", async () => {
    await run("consortium", ...SET, "--announce");
    const [{ id }] = (await announced()) as [Announcement];
    expect(await codeOf("accreditor", "governance", "cancel", id)).to.include({
      code: "AccessManagerUnauthorizedCancel",
    });
    expect((await run("consortium", "governance", "cancel", id)).stdout).to.match(/^Done +OperationCanceled\n/);
    await world.pass(DAY);
    expect(await codeOf("consortium", ...SET)).to.include({ code: "AccessManagerNotScheduled" });
    expect(await capabilities()).to.deep.equal(["contribute"]);
  });

  it("tells that an announcement expired, which can be announced again", async () => {
    await run("consortium", ...SET, "--announce");
    expect(await codeOf("consortium", ...SET, "--announce")).to.include({ code: "AccessManagerAlreadyScheduled" });
    await world.pass(8 * DAY);
    expect(await codeOf("consortium", ...SET)).to.include({ code: "AccessManagerExpired" });
    expect((await announced()).map(({ state }) => state)).to.deep.equal(["expired"]);
    expect((await run("consortium", ...SET, "--announce")).code).to.equal(0);
    expect((await announced()).map(({ state }) => state)).to.deep.equal(["waiting"]);
  });

  it("gives and takes roles", async () => {
    const grant = ["governance", "grant-role", "directory", address.member, "--delay", "3600"];
    await run("consortium", ...grant, "--announce");
    await world.pass(DAY);
    expect((await run("consortium", ...grant)).stdout).to.match(/^Done +RoleGranted\n/);
    expect((await run("member", ...SET, "--announce")).code).to.equal(0);
    const revoke = ["governance", "revoke-role", "directory", address.member];
    await run("consortium", ...revoke, "--announce");
    await world.pass(DAY);
    expect((await run("consortium", ...revoke)).stdout).to.match(/^Done +RoleRevoked\n/);
    expect(await codeOf("member", ...SET)).to.include({ code: "AccessManagedUnauthorized" });
  });

  it("prints transactions for a multi-signature wallet without a key, and sends nothing", async () => {
    const count = () => world.rpc("eth_getTransactionCount", address.consortium, "latest");
    const before = await count();
    const args = [...SET, "--announce", "--request"];
    const built = await world.json(...args);
    expect(built).to.have.all.keys("to", "data");
    const { code, stdout, stderr } = await world.run(args);
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.include(`${String(built["to"])} (AccessManager)`);
    expect(await count()).to.equal(before);

    const transaction = { ...built, from: address.consortium };
    await world.rpc("eth_sendTransaction", transaction); // as the wallet does, of which the node has the key
    const [{ id, call }] = (await announced()) as [Announcement];
    expect(await world.json(...SET, "--request")).to.deep.equal({ to: call.to, data: call.data });
    for (const name of ["execute", "cancel"]) {
      expect(await world.json("governance", name, id, "--request")).to.include({ to: built["to"] });
    }
  });

  it("exits with 2 for what makes no sense, and sends nothing", async () => {
    for (const args of [
      ["provider", "set-emergency", hospital, "yes"],
      ["governance", "execute", "0x12"],
      ["governance", "cancel"],
      ["governance", "grant-role", "owner", address.member, "--delay", "0"],
      ["governance", "grant-role", "admin", address.member],
      ["governance", "grant-role", "admin", address.member, "--delay", "1.5"],
    ]) {
      expect((await run("consortium", ...args)).code, args.join(" ")).to.equal(2);
    }
    const unknown = await codeOf("consortium", "governance", "execute", ZeroHash);
    expect(unknown).to.include({ code: "AccessManagerNotScheduled" });
  });
});
