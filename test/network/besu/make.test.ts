import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { Wallet, decodeRlp } from "ethers";
import { addressOf } from "../../../scripts/besu/enode.js";
import { type Network, networkFiles } from "../../../scripts/besu/network.js";
import { makeNode } from "../../../scripts/besu/node.js";
import { OperatorError } from "../../../scripts/deployment/errors.js";
import { ROOT } from "../../e2e/support/command.js";
import { ACCOUNT, ALL, run, settingsIn } from "./support/network.js";

const NODES = ["validator1", "validator2", "validator3", "validator4", "rpc"];

interface Genesis {
  config: Record<string, unknown> & { qbft: Record<string, number> };
  extraData: string;
  [field: string]: unknown;
}

describe("npm run network:besu", function () {
  this.timeout(60_000);
  let folder: string;
  let out: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "besu-"));
    out = join(folder, "all");
    const { code, stderr } = await run("--out", out, ...ALL, "--origin", "https://consent.example");
    expect(stderr).to.equal("");
    expect(code).to.equal(0);
  });
  after(() => rmSync(folder, { recursive: true }));

  const read = (path: string) => readFileSync(join(out, path), "utf8");
  const json = (path: string) => JSON.parse(read(path)) as unknown;
  const walletOf = (name: string) => new Wallet(read(`${name}/key`).trim());
  const enodeOf = (name: string) => read(`${name}/enode`).trim();

  describe("for all nodes on one machine", () => {
    it("makes a key for each, for its owner alone", () => {
      for (const name of NODES) expect(statSync(join(out, name, "key")).mode & 0o777, name).to.equal(0o600);
      expect(new Set(NODES.map((name) => walletOf(name).address)).size).to.equal(NODES.length);
    });

    it("names each node by its key, its address and its port", () => {
      for (const name of NODES) {
        const { "p2p-host": host, "p2p-port": port } = settingsIn(join(out, name, "config.toml"));
        const id = walletOf(name).signingKey.publicKey.slice("0x04".length);
        expect(enodeOf(name)).to.equal(`enode://${id}@${String(host)}:${String(port)}`);
      }
    });

    it("puts the validators, and no other node, into the first block, in order", () => {
      const { extraData } = json("network/genesis.json") as Genesis;
      const [, validators] = decodeRlp(extraData) as string[][];
      const expected = NODES.slice(0, 4).map((name) => walletOf(name).address.toLowerCase());
      expect(validators).to.deep.equal(expected.sort());
    });

    it("begins at Cancun without a price for gas, with a block every two seconds", () => {
      const { config, ...header } = json("network/genesis.json") as Genesis;
      expect(config).to.deep.equal({
        chainId: 2026,
        londonBlock: 0,
        shanghaiTime: 0,
        cancunTime: 0,
        zeroBaseFee: true,
        // No emptyblockperiodseconds: a chain without blocks has no time. No terminalTotalDifficulty: validators would stop.
        qbft: { blockperiodseconds: 2, requesttimeoutseconds: 4, epochlength: 30_000 },
      });
      expect(header).to.include({
        baseFeePerGas: "0x0",
        blobGasUsed: "0x0",
        excessBlobGas: "0x0",
        parentBeaconBlockRoot: `0x${"00".repeat(32)}`,
        difficulty: "0x1",
        mixHash: "0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365",
        timestamp: "0x0",
      });
      expect(header["alloc"]).to.deep.equal({});
    });

    it("has room in a block for the largest of what docs/gas.md measures", () => {
      const { gasLimit } = json("network/genesis.json") as { gasLimit: string };
      const rows = [...readFileSync(join(ROOT, "docs", "gas.md"), "utf8").matchAll(/^\| `(\w+)`.*?\| +([\d,.]+) \|/gm)];
      const gas = rows.map(([, name, figure]) => {
        const items = Number(/\d+(?=PerItem|PerEntry)/.exec(name!)?.[0] ?? 1);
        return Number(figure!.replaceAll(",", "")) * items;
      });
      expect(gas.length).to.be.greaterThan(20);
      expect(Number(gasLimit)).to.be.greaterThan(10 * Math.max(...gas));
      expect(settingsIn(join(out, "rpc", "config.toml"))["rpc-gas-cap"]).to.equal(Number(gasLimit));
    });

    it("lets these nodes connect and no other, and these accounts send", () => {
      const enodes = NODES.map(enodeOf).sort();
      expect(json("network/static-nodes.json")).to.deep.equal(enodes);
      expect(settingsIn(join(out, "network", "permissions_config.toml"))).to.deep.equal({
        "nodes-allowlist": enodes,
        "accounts-allowlist": [ACCOUNT.toLowerCase()],
      });
    });

    it("tells compose where it is and who it belongs to", () => {
      const { uid, gid } = statSync(join(out, "validator1", "key"));
      expect(uid).to.not.equal(0);
      expect(read(".env")).to.equal(
        `BESU_DIR=${out}\nBESU_UID=${uid}\nBESU_GID=${gid}\nRPC_HOST=127.0.0.1\nRPC_PORT=8443\n`,
      );
      expect(statSync(join(out, "validator1", "data")).uid).to.equal(uid);
      expect(statSync(out).mode & 0o777).to.equal(0o700);
    });

    it("lets the named pages ask the RPC node", () => {
      expect(settingsIn(join(out, "rpc", "config.toml"))).to.deep.include({
        "rpc-http-cors-origins": ["https://consent.example"],
      });
      expect(settingsIn(join(out, "validator1", "config.toml"))).to.not.have.property("rpc-http-cors-origins");
    });

    it("keeps no private half of the key for tokens", () => {
      expect(read("rpc/jwt.pem")).to.match(/^-----BEGIN PUBLIC KEY-----/);
      const files = readdirSync(out, { recursive: true, encoding: "utf8" }).filter((path) =>
        statSync(join(out, path)).isFile(),
      );
      expect(files.filter((path) => read(path).includes("PRIVATE KEY"))).to.deep.equal([]);
    });

    it("writes nothing over", async () => {
      const key = read("validator1/key");
      const { code, stderr } = await run("--out", out, ...ALL);
      expect(code).to.equal(1);
      expect(stderr).to.contain("is there already and is not written over");
      expect(read("validator1/key")).to.equal(key);
    });
  });

  describe("for the nodes of several hospitals", () => {
    const flags = () => NODES.flatMap((name) => [name === "rpc" ? "--peer" : "--validator", enodeOf(name)]);

    it("makes one node and tells what others need of it, then a second on the same machine", async () => {
      const out = join(folder, "hospital");
      const { stdout } = await run("--out", out, "--node", "rpc", "--host", "192.0.2.9");
      const enode = stdout.trim().split("\n").at(-1)!;
      expect(enode).to.match(/^enode:\/\/[0-9a-f]{128}@192\.0\.2\.9:30304$/);
      expect(stdout).to.contain(addressOf(enode));
      expect(readdirSync(out).sort()).to.deep.equal([".env", "rpc", "targets", "tls"]);
      const { code } = await run("--out", out, "--node", "validator3", "--host", "192.0.2.9");
      expect(code).to.equal(0);
      expect(readdirSync(out).sort()).to.deep.equal([".env", "rpc", "targets", "tls", "validator3"]);
    });

    it("makes what all have in common, and prints what to compare", async () => {
      const out = join(folder, "shared");
      const { stdout, stderr } = await run("--out", out, ...ALL, ...flags());
      expect(stderr).to.equal("");
      expect(readdirSync(out)).to.deep.equal(["network"]);
      for (const file of readdirSync(join(out, "network"))) {
        const text = readFileSync(join(out, "network", file));
        expect(text.toString()).to.equal(read(`network/${file}`));
        expect(stdout).to.contain(`${createHash("sha256").update(text).digest("hex")}  network/${file}`);
      }
    });
  });

  describe("refuses", () => {
    const enodeOf = (host: string) => makeNode("validator1", host, []).enode;
    const four = ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"].map(enodeOf);
    const sound: Network = { chainId: 2026, validators: four, peers: [], accounts: [ACCOUNT] };
    const [id] = four[0]!.split("@");

    const networks: [what: string, change: Partial<Network>, message: string][] = [
      ["no id of a chain", { chainId: NaN }, "--chain-id must be a number"],
      ["the id of development chains", { chainId: 31_337 }, "--chain-id must be a number"],
      ["the id of Ethereum", { chainId: 1 }, "--chain-id must be a number"],
      ["a network that nobody writes to", { accounts: [] }, "Nobody could write"],
      ["an account that is none", { accounts: ["0x12"] }, "--account is not an address: 0x12"],
      ["an account twice", { accounts: [ACCOUNT, ACCOUNT.toLowerCase()] }, "names an account twice"],
      ["too few validators", { validators: four.slice(1) }, "3 validators are too few"],
      ["one key for two nodes", { peers: [`${id!}@192.0.2.9:30304`] }, "Two nodes have the same key"],
      ["a key that is none", { peers: [`enode://${"12".repeat(64)}@192.0.2.1:30303`] }, "no enode URL"],
      ["an address that is none", { peers: [`${id!}@192.0.2.300:30303`] }, "no enode URL"],
      ["a port that is none", { peers: [`${id!}@192.0.2.1:70000`] }, "no enode URL"],
    ];
    for (const [what, change, message] of networks) {
      it(what, () => {
        expect(() => networkFiles(sound)).to.not.throw();
        expect(() => networkFiles({ ...sound, ...change })).to.throw(OperatorError, message);
      });
    }

    it("an unknown node, and a name for an address", () => {
      expect(() => makeNode("validator9", "192.0.2.1", [])).to.throw(OperatorError, "--node is one of");
      expect(() => makeNode("rpc", "node.hospital.example", [])).to.throw(OperatorError, "--host is the IPv4 address");
    });

    const commands: [what: string, args: string[], message: string][] = [
      ["to be told no folder", [...ALL], "--out is missing"],
      ["an option that it does not know", ["--out", "x", "--keys"], "Usage:"],
      ["a folder within the repository", ["--out", join(ROOT, "network", "keys"), ...ALL], "inside the repository"],
      ["a mistake before it writes anything", ["--chain-id", "2026"], "Nobody could write"],
    ];
    for (const [what, args, message] of commands) {
      it(what, async () => {
        const place = join(folder, "refused");
        const { code, stderr } = await run(...(message.startsWith("Nobody") ? ["--out", place] : []), ...args);
        expect(stderr).to.contain(message);
        expect(stderr.trim().split("\n")).to.have.lengthOf(1);
        expect(code).to.equal(1);
        for (const path of [place, join(ROOT, "network", "keys")]) expect(existsSync(path)).to.be.false;
      });
    }
  });
});
