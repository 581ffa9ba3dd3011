import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect } from "chai";
import { Wallet } from "ethers";
import { ROOT, start } from "./support/command.js";
import { type Node, startNode } from "./support/node.js";
import { link, type Manifest, pack, run, unpack } from "./support/package.js";
import { expectPromised, promisesIn, snippetsOf } from "./support/snippets.js";

/** Where the quick start stands: the first block of TypeScript under this heading. */
const SOURCE = "README.md";
const HEADING = "SDK quick start";
/** The node of `npm run node`, in place of which the test has one of its own. */
const LOCAL_NODE = "http://127.0.0.1:8545";

const DEPLOYER = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

/** The program that a reader of the README pastes. */
function quickStart(): string {
  const program = snippetsOf(SOURCE).find(({ heading, language }) => heading === HEADING && language === "ts");
  expect(program, `"${HEADING}" in ${SOURCE} has a block of TypeScript`).to.be.an("object");
  expect(program!.code).to.include(LOCAL_NODE);
  return program!.code;
}

describe("the packed SDK, in a project of somebody else", function () {
  this.timeout(180_000);

  let node: Node;
  let folder: string;
  let consumer: string;
  let manifest: Manifest;

  /** Unpacks the tarball, with the packages that it says it needs and no others. */
  const install = (tarball: string) => {
    manifest = unpack(tarball, consumer);
    const needed = Object.keys({ ...manifest.peerDependencies, "@types/node": "" });
    for (const name of needed) link(name, consumer);
  };

  const deploy = async (network: string, more: Record<string, string>) => {
    const { code, stderr } = await start("deploy.ts", ["--network", network], {
      NETWORK_NAME: network,
      RPC_URL: node.url,
      CHAIN_ID: "31337",
      DEPLOYER_KEY: DEPLOYER,
      DEPLOYMENTS_DIR: join(folder, "deployments"),
      ...more,
    }).outcome;
    expect({ code, stderr }).to.deep.equal({ code: 0, stderr: "" });
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "consentry-package-"));
    consumer = join(folder, "consumer");
    node = await startNode();
    await deploy("trial", { CONSORTIUM: Wallet.createRandom().address });
    await deploy("again", { PREDECESSOR: "trial" });
    install(pack(join(folder, "build"), join(folder, "deployments")));
    writeFileSync(join(consumer, "package.json"), JSON.stringify({ name: "consumer", private: true, type: "module" }));
    writeFileSync(
      join(consumer, "tsconfig.json"),
      JSON.stringify({
        compilerOptions: {
          target: "ES2023",
          lib: ["ES2023"],
          module: "NodeNext",
          types: ["node"],
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          skipLibCheck: false,
          outDir: "dist",
        },
        include: ["*.ts"],
      }),
    );
  });

  after(async () => {
    await node.close();
    rmSync(folder, { recursive: true });
  });

  /** Compiles what the consumer wrote, and runs one of its files. */
  const execute = async (file: string) => {
    run(consumer, join(ROOT, "node_modules/.bin/tsc"), "-p", ".");
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [`dist/${file}.js`], { cwd: consumer });
    expect(stderr).to.equal("");
    return stdout;
  };

  it("compiles the quick start under strict rules, library checks included, and prints what it says", async () => {
    const program = quickStart();
    writeFileSync(join(consumer, "quickstart.ts"), program.replaceAll(LOCAL_NODE, node.url));
    expect(promisesIn(program)).to.have.lengthOf(2);
    expectPromised(program, await execute("quickstart"));
  });

  it("knows the deployments that it was built with, and hands out copies", async () => {
    writeFileSync(
      join(consumer, "known.ts"),
      `import { knownDeployments } from "@consentry/sdk";
for (const deployment of knownDeployments()) deployment.network = "changed";
console.log(knownDeployments().map(({ network, chainId }) => network + " " + chainId));`,
    );
    expect(await execute("known")).to.equal("[ 'trial 31337', 'again 31337' ]\n");
  });

  it("connects to the last of a chain's deployments, unless it is given another", async () => {
    writeFileSync(
      join(consumer, "last.ts"),
      `import { connect, knownDeployments } from "@consentry/sdk";
const [first] = knownDeployments();
const [found, given] = [
  await connect({ runner: "${node.url}" }),
  await connect({ runner: "${node.url}", deployment: first }),
];
console.log(found.deployment.network, given.deployment.network);
console.log(found.deployment.predecessor === given.deployment.contracts.ConsentRegistry.address);`,
    );
    expect(await execute("last")).to.equal("again trial\ntrue\n");
  });

  it("can be imported by each of its paths, with what it says it needs and nothing else", async () => {
    const paths = Object.keys(manifest.exports).filter((path) => path !== "./package.json");
    const lines = paths.map((path, index) => {
      const name = `path${index}`;
      return `import * as ${name} from "@consentry/sdk${path.slice(1)}"; console.log(Object.keys(${name}).length > 0);`;
    });
    writeFileSync(join(consumer, "paths.ts"), lines.join("\n"));
    expect(await execute("paths")).to.equal("true\n".repeat(paths.length));
  });
});
