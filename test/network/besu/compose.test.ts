import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { ROOT } from "../../e2e/support/command.js";
import { VERSION } from "./support/options.js";
import { ALL, FOLDER, composeFile, run, settingsIn } from "./support/network.js";

const { services, networks } = composeFile();
const NODES = Object.keys(services).filter((name) => services[name]!.image.startsWith("hyperledger/besu:"));
const networksOf = (name: string) => {
  const own = services[name]!.networks;
  return Array.isArray(own) ? own : Object.keys(own);
};

describe("network/besu/compose.yaml", function () {
  this.timeout(60_000);
  let folder: string;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "besu-"));
    await run("--out", join(folder, "all"), ...ALL);
  });
  after(() => rmSync(folder, { recursive: true }));

  it("has four validators, a node that is asked, and the same Besu everywhere", () => {
    expect(NODES).to.deep.equal(["validator1", "validator2", "validator3", "validator4", "rpc"]);
    for (const name of NODES) expect(services[name]!.image).to.equal(`hyperledger/besu:${VERSION}`);
    const [year, month] = VERSION.split(".").map(Number);
    expect(year! * 100 + month!).to.be.at.least(2603);
  });

  it("pins every image to one version", () => {
    for (const [name, { image }] of Object.entries(services)) {
      expect(image, name).to.match(/^[a-z]+\/[a-z-]+:v?\d+\.\d+\.\d+(-alpine)?$/);
    }
  });

  it("leaves no container more than it needs", () => {
    for (const [name, service] of Object.entries(services)) {
      expect(service, name).to.deep.include({
        restart: "unless-stopped",
        read_only: true,
        cap_drop: ["ALL"],
        security_opt: ["no-new-privileges:true"],
      });
      expect(service, name).to.not.have.property("privileged");
      expect(service, name).to.have.property("healthcheck");
      expect(service.deploy.resources.limits, name).to.have.all.keys("cpus", "memory", "pids");
    }
    for (const name of [...NODES, "proxy"]) expect(services[name]!.user).to.equal("${BESU_UID:?}:${BESU_GID:?}");
  });

  it("publishes the port of TLS and no other, to this machine until its operator says more", () => {
    const published = Object.entries(services).filter(([, { ports }]) => ports !== undefined);
    expect(published.map(([name, { ports }]) => [name, ports])).to.deep.equal([
      ["proxy", ["${RPC_HOST:-127.0.0.1}:${RPC_PORT:-8443}:8443"]],
    ]);
    const open = Object.keys(networks).filter((name) => networks[name]!.internal !== true);
    expect(open).to.deep.equal(["edge"]);
    expect(Object.keys(services).filter((name) => networksOf(name).includes("edge"))).to.deep.equal(["proxy"]);
    expect(networksOf("proxy")).to.not.include("chain");
  });

  it("lets nobody ask a validator: the environment goes before the file, and the image's would open it", () => {
    for (const name of NODES) {
      const expected = name === "rpc" ? "0.0.0.0" : "127.0.0.1";
      expect(services[name]!.environment, name).to.include({ BESU_RPC_HTTP_HOST: expected });
    }
  });

  it("mounts what is in the repository or what the script makes, each node's own", () => {
    for (const [name, { volumes }] of Object.entries(services)) {
      for (const { type, source, bind } of volumes) {
        if (type === "volume") continue;
        const made = source.startsWith("${BESU_DIR:?}/");
        const path = made ? join(folder, "all", source.slice("${BESU_DIR:?}/".length)) : join(FOLDER, source);
        expect(existsSync(path), `${name}: ${source}`).to.be.true;
        // Docker would make a folder that is missing, for root.
        if (made) expect(bind, source).to.deep.equal({ create_host_path: false });
        const owner = NODES.find((node) => source.includes(`/${node}`));
        if (owner !== undefined) expect(owner).to.equal(name);
      }
    }
  });

  it("lets a node write to its database only", () => {
    for (const name of NODES) {
      const writable = services[name]!.volumes.filter(({ read_only }) => read_only !== true);
      expect(writable.map(({ target }) => target)).to.deep.equal(["/var/lib/besu"]);
    }
  });

  it("gives each node the address, and the files, that its settings name", () => {
    for (const name of NODES) {
      const settings = settingsIn(join(folder, "all", name, "config.toml"));
      const own = services[name]!.networks as Record<string, { ipv4_address?: string }>;
      expect(own["chain"]!.ipv4_address).to.equal(settings["p2p-host"]);
      expect(services[name]!.command).to.deep.equal(["--config-file=/node/config.toml"]);
      const paths = Object.values(settings).filter((value) => /^\/(node|network)\//.test(String(value))) as string[];
      expect(paths.length).to.be.at.least(5);
      for (const path of paths) {
        const { source } = services[name]!.volumes.find(({ target }) => path.startsWith(`${target}/`))!;
        const file = path.slice(path.indexOf("/", 1));
        expect(existsSync(join(source.replace("${BESU_DIR:?}", join(folder, "all")), file)), path).to.be.true;
      }
    }
  });

  it("lets Prometheus see every node, by a name to which the node answers", () => {
    for (const name of NODES) {
      const settings = settingsIn(join(folder, "all", name, "config.toml"));
      const targets = readFileSync(join(folder, "all", "targets", `${name}.json`), "utf8");
      expect(JSON.parse(targets)).to.deep.equal([{ targets: [`${name}:${String(settings["metrics-port"])}`] }]);
      expect(settings["host-allowlist"]).to.include(name);
      expect(networksOf(name)).to.include("metrics");
    }
    expect(networksOf("prometheus")).to.deep.equal(["metrics"]);
  });

  it("opens to other hospitals the ports of peers, and nothing else", () => {
    const more = composeFile("compose.hospitals.yaml");
    expect(more.networks).to.deep.equal({ chain: { internal: false } });
    expect(Object.keys(more.services)).to.deep.equal(NODES);
    for (const name of NODES) {
      const port = String(settingsIn(join(folder, "all", name, "config.toml"))["p2p-port"]);
      expect(more.services[name]).to.deep.equal({ ports: [`${port}:${port}`] });
    }
  });
});

describe("network/besu", () => {
  it("has no key, no password and no certificate", () => {
    const entries = readdirSync(FOLDER, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const { parentPath, name: file } of entries) {
      const text = readFileSync(join(parentPath, file), "utf8");
      expect(text, file).to.not.match(/BEGIN [A-Z ]*(KEY|CERTIFICATE)|password|enode:\/\/[0-9a-f]{128}/i);
      // 32 bytes are the block root, or the mark of QBFT.
      for (const [word] of text.matchAll(/\b(0x)?[0-9a-f]{64}\b/gi)) {
        expect(word, file).to.match(/^0x0+$|^0x63746963616c20/);
      }
    }
  });

  it("is used by a command that is there", () => {
    const { scripts } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    expect(scripts["network:besu"]).to.contain("scripts/besu.ts");
  });
});
