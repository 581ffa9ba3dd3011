import { expect } from "chai";
import { run } from "../support/consentry.js";
import { address, startWorld, type World } from "../support/world.js";

interface Listed {
  deployments: {
    network: string;
    chainId: number;
    status: string;
    error?: { code: string };
    contracts: Record<string, string>;
  }[];
}

describe("consentry deployments", function () {
  this.timeout(60_000);

  let world: World;

  before(async () => {
    world = await startWorld();
  });
  after(() => world.close());

  const given = () => ["deployments", "--deployment", world.env["CONSENTRY_DEPLOYMENT"]!];

  it("lists the addresses, without a node unchecked", async () => {
    const { code, stdout, stderr } = await run(given());
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
    expect(stdout).to.match(
      /^Network +test\nChain +31337\nFrom block +0\nContracts +not checked\n {2}AccessManager +0x/,
    );
  });

  it("verifies those on the node's chain, as a table and as JSON", async () => {
    const { code, stdout } = await world.run(["deployments"]);
    expect(code).to.equal(0);
    expect(stdout).to.match(/\nContracts +verified\n/);
    const { deployments } = (await world.json("deployments")) as unknown as Listed;
    const [{ status, contracts } = expect.fail("none")] = deployments;
    const addresses = Object.entries(world.deployment.contracts).map(([name, each]) => [name, each.address]);
    expect({ status, contracts }).to.deep.equal({
      status: "verified",
      contracts: Object.fromEntries(addresses) as object,
    });
  });

  it("exits with 1 and names the contract that is not there", async () => {
    const { contracts, ...rest } = world.deployment;
    const gone = { ...contracts, AuditLog: { address: address.patient } };
    const path = world.write("gone.json", { ...rest, contracts: gone });
    const { code, stdout } = await world.run(["deployments", "--deployment", path]);
    expect(code).to.equal(1);
    expect(stdout).to.match(/\nContracts +failed: There is no AuditLog at\s+0x15d34/);
    const { deployments } = (await world.json("deployments", "--deployment", path)) as unknown as Listed;
    expect(deployments[0]).to.include({ status: "failed" }).and.to.have.nested.property("error.code", "NoDeployment");
  });

  it("exits with 1 if none is known for the node's chain", async () => {
    const path = world.write("other.json", { ...world.deployment, chainId: 5 });
    const { code, stdout, stderr } = await world.run(["deployments", "--deployment", path]);
    expect(code).to.equal(1);
    expect(stdout).to.match(/\nContracts +other chain\n/);
    expect(stderr).to.match(/^error NoDeployment: No deployment is known for chain 31337\./);
  });

  it("exits with 1 if the node does not answer, and for a file that is none or no deployment", async () => {
    const down = await world.run(["deployments", "--rpc", "http://127.0.0.1:9"]);
    expect(down).to.include({ code: 1, stdout: "" });
    expect(down.stderr).to.match(/^error Network: /);
    for (const [path, error] of [
      ["nowhere.json", /^error File: nowhere\.json can't be used as the record of a deployment\.\n {2}Details: ENOENT/],
      [world.write("broken.json", "{"), /^error File: /],
      [world.write("empty.json", {}), /^error InvalidDeployment: deployment\.network must be a string\./],
    ] as const) {
      const { code, stdout, stderr } = await world.run(["deployments", "--deployment", path]);
      expect({ code, stdout }).to.deep.equal({ code: 1, stdout: "" });
      expect(stderr).to.match(error);
    }
  });

  it("says that none is known, if none is", async () => {
    const { code, stdout } = await run(["deployments", "--json"]);
    expect(code).to.equal(0);
    expect(JSON.parse(stdout)).to.have.property("deployments").that.is.an("array");
  });
});
