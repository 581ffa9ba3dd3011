import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { getAddress, id } from "ethers";
import { OperatorError } from "../../scripts/deployment/errors.js";
import { readRecords, requirePlace, writeTable } from "../../scripts/deployment/records.js";
import { CONTRACT_NAMES } from "../../sdk/src/deployments/parseDeployment.js";

/** An address that stands for a registry. */
const registry = (name: string) => getAddress(id(name).slice(0, 42));

describe("the records of deployments", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "consentry-records-"));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** Records a network, whose registry has its address by its name. */
  const record = (network: string, chainId: number, predecessor?: string) => {
    const contracts = Object.fromEntries(CONTRACT_NAMES.map((name) => [name, { address: registry(network) }]));
    const text = JSON.stringify({ network, chainId, fromBlock: 1, predecessor, contracts });
    mkdirSync(join(folder, network));
    writeFileSync(join(folder, network, "deployment.json"), text);
  };

  const networks = () => readRecords(folder).map(({ network }) => network);

  it("are told by chain id, and of one chain each after the one that it comes after, whatever their names", () => {
    record("b", 7);
    record("z", 5);
    record("y", 5, registry("z"));
    record("a", 5, registry("y"));
    expect(networks()).to.deep.equal(["z", "y", "a", "b"]);
    const path = join(folder, "table.ts");
    writeTable(folder, path);
    const table = readFileSync(path, "utf8");
    const named = [...table.matchAll(/"network": "(\w)"/g)].map(([, name]) => name);
    expect(named).to.deep.equal(["z", "y", "a", "b"]);
    expect(table).to.include(`"predecessor": "${registry("z")}"`);
    requirePlace(folder, "c", 5, registry("a"));
    requirePlace(folder, "y", 5, registry("z"));
    requirePlace(folder, "c", 6, undefined);
  });

  it("hold no two deployments of a chain of which neither comes after the other", () => {
    record("one", 5);
    expect(() => requirePlace(folder, "other", 5, undefined)).to.throw(
      OperatorError,
      /^The networks one and other both stand for chain 5, .* or name the last in PREDECESSOR\.$/,
    );
    record("other", 5);
    expect(networks).to.throw(OperatorError, /^The networks one and other both stand for chain 5/);
  });

  it("hold no two deployments that come after the same one", () => {
    record("first", 5);
    record("one", 5, registry("first"));
    expect(() => requirePlace(folder, "other", 5, registry("first"))).to.throw(
      OperatorError,
      /^The networks one and other both stand for chain 5/,
    );
    record("other", 5, registry("first"));
    expect(networks).to.throw(OperatorError, /^The networks one and other both stand for chain 5/);
  });

  it("hold none that comes after what is not recorded, alone or beside another", () => {
    const lost =
      /^The network second comes after the ConsentRegistry at 0x\w{40}, to which no other record of chain 5 leads/;
    record("second", 5, registry("first"));
    expect(networks).to.throw(OperatorError, lost);
    record("another", 5);
    expect(networks).to.throw(OperatorError, lost);
  });

  it("do not go round in a circle", () => {
    record("one", 5, registry("other"));
    record("other", 5, registry("one"));
    expect(networks).to.throw(OperatorError, /^The network one comes after the ConsentRegistry at/);
    record("first", 5);
    expect(networks).to.throw(OperatorError, /^The network one comes after the ConsentRegistry at/);
  });

  it("hold none that comes after itself, or after one on another chain", () => {
    record("itself", 5, registry("itself"));
    expect(networks).to.throw(OperatorError, /^The network itself comes after/);
    rmSync(join(folder, "itself"), { recursive: true });
    record("first", 5);
    record("second", 6, registry("first"));
    expect(networks).to.throw(OperatorError, /^The network second comes after .* of chain 6 leads/);
  });
});
