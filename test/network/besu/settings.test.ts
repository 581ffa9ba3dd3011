import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { ROOT } from "../../e2e/support/command.js";
import { KNOWN_OPTIONS } from "./support/options.js";
import { ALL, run, settingsIn } from "./support/network.js";

/** What a wallet answers, never a node. */
const OF_WALLETS = ["eth_accounts", "eth_requestAccounts", "eth_sendTransaction", "eth_signTypedData"];

/** The methods that the sources of a package name. */
function methodsIn(source: string): string[] {
  const folder = join(ROOT, source, "src");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
  return files.flatMap((file) => readFileSync(join(folder, file), "utf8").match(/\b(eth|net|web3)_[a-zA-Z]+/g) ?? []);
}

describe("settings of Besu's nodes", function () {
  this.timeout(60_000);
  let folder: string;
  const of = (name: string) => settingsIn(join(folder, name, "config.toml"));

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "besu-"));
    rmSync(folder, { recursive: true });
    await run("--out", folder, ...ALL);
  });
  after(() => rmSync(folder, { recursive: true }));

  it("are all known to Besu", () => {
    for (const name of ["validator1", "rpc"]) {
      for (const key of Object.keys(of(name))) expect(KNOWN_OPTIONS.has(key), `${name}: ${key}`).to.be.true;
    }
  });

  it("take gas for nothing, and only permitted accounts and nodes", () => {
    for (const name of ["validator1", "rpc"]) {
      expect(of(name)).to.include({
        "min-gas-price": 0,
        "min-priority-fee": 0,
        "permissions-nodes-config-file-enabled": true,
        "permissions-accounts-config-file-enabled": true,
        "discovery-enabled": false,
      });
      // Besu refuses it where the base fee is zero.
      expect(of(name)).to.not.have.property("tx-pool-price-bump");
    }
  });

  it("execute every block, and begin with the peers that so small a network has", () => {
    for (const name of ["validator1", "rpc"]) expect(of(name)).to.include({ "sync-mode": "FULL", "sync-min-peers": 1 });
  });

  it("keep every state on the node that is asked, and the newest on validators", () => {
    expect(of("rpc")).to.include({ "data-storage-format": "FOREST" });
    expect(of("validator1")).to.include({ "data-storage-format": "BONSAI" });
  });

  it("let nobody ask much more at once than the proxy counts, to which a batch is one request", () => {
    expect(of("rpc")["rpc-http-max-batch-size"]).to.be.within(1, 10);
  });

  it("let everybody call what the suite calls", () => {
    const allowed = of("rpc")["rpc-http-api-methods-no-auth"] as string[];
    const used = new Set(["sdk", "cli", "relayer", "portal"].flatMap(methodsIn));
    const missing = [...used].filter((method) => !allowed.includes(method) && !OF_WALLETS.includes(method));
    expect(used.size).to.be.greaterThan(10);
    expect(missing).to.deep.equal([]);
    // What ethers and Hardhat's Ignition ask before they send.
    expect(allowed).to.include.members(["eth_feeHistory", "eth_gasPrice", "eth_maxPriorityFeePerGas", "net_version"]);
  });

  it("let nobody call anything else", () => {
    const rpc = of("rpc");
    expect(rpc).to.include({
      "rpc-http-authentication-enabled": true,
      "rpc-http-authentication-jwt-public-key-file": "/node/jwt.pem",
    });
    expect(rpc["rpc-http-api"]).to.have.members(["ETH", "NET", "WEB3", "QBFT"]);
    const allowed = rpc["rpc-http-api-methods-no-auth"] as string[];
    expect(new Set(allowed).size).to.equal(allowed.length);
    expect(allowed.filter((method) => !/^(eth|net|web3|qbft)_/.test(method))).to.deep.equal([]);
    expect(allowed.filter((method) => /propose|discard|[fF]ilter|[sS]ign(?!er)/.test(method))).to.deep.equal([]);
  });
});
