import {
  type Client,
  connect,
  type Deployment,
  DeploymentMismatchError,
  type Eip1193Wallet,
  InvalidDeploymentError,
  InvalidRunnerError,
  NetworkError,
  NoDeploymentError,
  NoSignerError,
  parseDeployment,
  RpcError,
  type Runner,
  UserRejectedError,
  WrongChainError,
} from "@consentry/sdk";
import { expect } from "chai";
import { BrowserProvider, FallbackProvider, JsonRpcProvider, NonceManager, Wallet, WebSocketProvider } from "ethers";
import { connection, ethers, expectError, fixtures, LABS, networkHelpers } from "./setup.js";
import { startServer, type Served } from "./served.js";

const CLINIC = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

describe("connect", () => {
  it("binds every action to a verified deployment", async () => {
    const { deployment, signers } = await fixtures.deployed();
    const client = await connect({ runner: signers.patient, deployment });
    expect(client.chainId).to.equal(31337);
    expect(client.deployment).to.deep.equal(deployment);
    const areas = ["consents", "patients", "records", "providers", "audit", "requests", "links", "relay", "passkeys"];
    expect(Object.keys(client)).to.have.members(["chainId", "deployment", ...areas, "wait"]);
  });

  it("refuses a deployment of another chain", async () => {
    const { deployment } = await fixtures.deployed();
    const wrong = connect({ runner: ethers.provider, deployment: { ...deployment, chainId: 1 } });
    await expectError(wrong, WrongChainError, { expected: 1, actual: 31337 });
  });

  it("refuses a chain without a known deployment, and addresses without code", async () => {
    const { deployment } = await fixtures.deployed();
    await expectError(connect({ runner: ethers.provider }), NoDeploymentError, { chainId: 31337, contract: undefined });
    const gone = withAddress(deployment, "RecordRegistry", CLINIC);
    const properties = { contract: "RecordRegistry", address: CLINIC };
    await expectError(connect({ runner: ethers.provider, deployment: gone }), NoDeploymentError, properties);
  });

  it("refuses contracts that are not of one suite", async () => {
    const { deployment } = await fixtures.deployed();
    const { ProviderRegistry, ConsentRegistry, AccessManager } = deployment.contracts;
    const consents = await ethers.deployContract("ConsentRegistry", [ProviderRegistry.address, 1, 1, 1]);
    const other = withAddress(deployment, "ConsentRegistry", await consents.getAddress());
    await expectError(connect({ runner: ethers.provider, deployment: other }), DeploymentMismatchError, {
      pointer: "RecordRegistry.consents",
      expected: await consents.getAddress(),
      actual: ConsentRegistry.address,
    });
    const swapped = withAddress(deployment, "AuditLog", AccessManager.address);
    const properties = { pointer: "AuditLog.records", actual: undefined };
    await expectError(connect({ runner: ethers.provider, deployment: swapped }), DeploymentMismatchError, properties);
  });

  it("leaves a client that fails, and permits nothing, when the contracts are gone", async () => {
    const { deployment, as, signers } = await fixtures.deployed();
    await networkHelpers.setCode(deployment.contracts.ConsentRegistry.address, "0x");
    const patient = signers.patient.address;
    const question = { patient, grantee: CLINIC, categories: ["LABS"], purpose: "TREAT" } as const;
    await expectError(as.clinic.consents.decide(question), RpcError);
    await expectError(as.clinic.consents.decideMany([question]), RpcError);
  });

  it("refuses what is no runner", async () => {
    const { deployment } = await fixtures.deployed();
    const runners: unknown[] = [
      undefined,
      null,
      7,
      {},
      "",
      "localhost:8545",
      "ws://localhost:8545",
      Wallet.createRandom(),
    ];
    for (const runner of runners) {
      await expectError(connect({ runner: runner as Runner, deployment }), InvalidRunnerError);
    }
  });

  it("refuses a FallbackProvider of which several must agree", async () => {
    const { deployment } = await fixtures.deployed();
    const nodes = [1, 2, 3].map(
      (port) => new JsonRpcProvider(`http://127.0.0.1:${port}`, 31337, { staticNetwork: true }),
    );
    const runner = new FallbackProvider(nodes, 31337);
    await expectError(connect({ runner, deployment }), InvalidRunnerError);
    for (const node of nodes) node.destroy();
  });

  it("tells when nobody answers", async () => {
    const { deployment } = await fixtures.deployed();
    await expectError(connect({ runner: "http://127.0.0.1:9", deployment }), NetworkError);
    const wallet = { request: () => Promise.reject(Object.assign(new Error("Disconnected"), { code: 4900 })) };
    await expectError(connect({ runner: wallet, deployment }), NetworkError);
  });
});

describe("a deployment", () => {
  const contracts = Object.fromEntries(
    [
      ...["AccessManager", "ProviderRegistry", "ConsentRegistry", "RecordRegistry", "AuditLog"],
      ...["ERC7913WebAuthnVerifier", "ERC7913P256Verifier"],
    ].map((name) => [name, { address: CLINIC.toLowerCase(), block: 7 }]),
  );
  const deployment = { network: "net", chainId: 7, fromBlock: 0, commit: "abc", contracts };

  it("may hold more than is needed, which is kept", () => {
    const parsed = parseDeployment(deployment);
    expect(parsed).to.include({ network: "net", chainId: 7, commit: "abc" });
    expect(parsed.contracts.AuditLog).to.deep.equal({ address: CLINIC, block: 7 });
  });

  const cases: [path: string, value: unknown][] = [
    ["deployment", null],
    ["deployment", []],
    ["deployment", "net"],
    ["deployment.network", { ...deployment, network: undefined }],
    ["deployment.chainId", { ...deployment, chainId: "7" }],
    ["deployment.chainId", { ...deployment, chainId: 0 }],
    ["deployment.chainId", { ...deployment, chainId: 1.5 }],
    ["deployment.fromBlock", { ...deployment, fromBlock: -1 }],
    ["deployment.contracts", { ...deployment, contracts: undefined }],
    ["deployment.contracts.AccessManager", { ...deployment, contracts: {} }],
    [
      "deployment.contracts.AuditLog.address",
      { ...deployment, contracts: { ...contracts, AuditLog: { address: "0x1" } } },
    ],
  ];
  for (const [path, value] of cases) {
    it(`is refused at ${path}: ${JSON.stringify(value).slice(0, 60)}`, async () => {
      expect(() => parseDeployment(value))
        .to.throw(InvalidDeploymentError)
        .that.includes({ path });
      await expectError(connect({ runner: ethers.provider, deployment: value as Deployment }), InvalidDeploymentError);
    });
  }
});

interface Opened {
  runner: Runner;
  close?: () => unknown;
}

describe("connect takes", () => {
  let served: Served;

  before(async () => {
    served = await startServer();
  });

  after(() => served.close());

  const routes: [what: string, open: () => Opened | Promise<Opened>, signs: boolean][] = [
    ["the URL of a node", () => ({ runner: served.url }), false],
    ["a JsonRpcProvider", () => closing(new JsonRpcProvider(served.url)), false],
    ["a WebSocketProvider", () => closing(new WebSocketProvider(served.url.replace("http", "ws"))), false],
    ["a FallbackProvider", () => fallback(new JsonRpcProvider(served.url)), false],
    ["a wallet with a key", () => walletOf(new JsonRpcProvider(served.url)), true],
    [
      "a wallet with a key over a WebSocket",
      () => walletOf(new WebSocketProvider(served.url.replace("http", "ws"))),
      true,
    ],
    ["a wallet with a key over a FallbackProvider", () => walletOver(new JsonRpcProvider(served.url)), true],
    ["a FallbackProvider whose first node is down", () => failover(new JsonRpcProvider(served.url)), true],
    ["a NonceManager", () => managed(new JsonRpcProvider(served.url)), true],
    ["a signer of the node", () => nodeSigner(new JsonRpcProvider(served.url)), true],
    ["an EIP-1193 wallet", () => ({ runner: eip1193(new JsonRpcProvider(served.url)) }), true],
    ["a BrowserProvider's signer", () => browser(new JsonRpcProvider(served.url)), true],
  ];
  for (const [what, open, signs] of routes) {
    it(`${what}, to ${signs ? "write and read" : "read"}`, async () => {
      const { runner, close } = await open();
      try {
        const client = await connect({ runner, deployment: served.deployment });
        await (signs ? writeAndRead(client) : readOnly(client));
      } finally {
        await close?.();
      }
    });
  }

  it("Hardhat's provider and an EIP-1193 provider in this process", async () => {
    const { deployment } = await fixtures.deployed();
    await readOnly(await connect({ runner: ethers.provider, deployment }));
    await writeAndRead(await connect({ runner: connection.provider, deployment }));
  });

  it("a wallet whose user says no", async () => {
    const node = eip1193(new JsonRpcProvider(served.url));
    const denied = Object.assign(new Error("User denied"), { code: 4001 });
    const wallet: Eip1193Wallet = {
      request: (args) => (args.method === "eth_sendTransaction" ? Promise.reject(denied) : node.request(args)),
    };
    const client = await connect({ runner: wallet, deployment: served.deployment });
    await expectError(client.consents.grant({ ...LABS, grantee: CLINIC }), UserRejectedError, { cause: denied });
  });

  it("a wallet without accounts, to read only", async () => {
    const node = eip1193(new JsonRpcProvider(served.url));
    const wallet: Eip1193Wallet = {
      request: (args) => (args.method === "eth_requestAccounts" ? Promise.resolve([]) : node.request(args)),
    };
    const client = await connect({ runner: wallet, deployment: served.deployment });
    await expectError(client.consents.revokeAll(), NoSignerError);
  });
});

async function readOnly(client: Client): Promise<void> {
  const patient = "0x90F79bf6EB2c4f870365E785982E1f101E93b906";
  const decision = await client.consents.decide({ patient, grantee: CLINIC, categories: ["LABS"], purpose: "TREAT" });
  expect(decision.decision).to.equal("NoConsent");
  expect(decision.blockNumber).to.be.greaterThan(0);
  expect(await client.consents.list({ patient })).to.deep.equal([]);
  await expectError(client.consents.grant({ ...LABS, grantee: CLINIC }), NoSignerError);
}

/** Two writes at once, which must not take one nonce, and then a read that must see them. */
async function writeAndRead(client: Client): Promise<void> {
  const [granted] = await Promise.all([
    client.consents.grant({ ...LABS, grantee: CLINIC }),
    client.consents.grant({ ...LABS, grantee: CLINIC, purposes: ["HRESCH"] }),
  ]);
  const patient = granted.events[0]!.patient;
  const question = { patient, grantee: CLINIC, categories: ["LABS"], purpose: "TREAT" } as const;
  expect((await client.consents.decide(question)).permitted).to.be.true;
  expect(await client.consents.list({ patient, grantee: CLINIC, state: "live" })).to.have.length(2);
  await client.consents.revoke({ grantee: CLINIC });
  expect((await client.consents.decide(question)).decision).to.equal("Revoked");
  expect((await client.audit.history()).length).to.equal(0);
}

function withAddress(deployment: Deployment, name: keyof Deployment["contracts"], address: string): Deployment {
  return { ...deployment, contracts: { ...deployment.contracts, [name]: { address } } };
}

function closing<P extends JsonRpcProvider | WebSocketProvider>(provider: P) {
  return { runner: provider, close: () => provider.destroy() };
}

const KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";

function walletOf(provider: JsonRpcProvider | WebSocketProvider) {
  return { runner: new Wallet(KEY, provider), close: () => provider.destroy() };
}

function fallback(provider: JsonRpcProvider) {
  return { runner: new FallbackProvider([provider], 31337), close: () => provider.destroy() };
}

function walletOver(provider: JsonRpcProvider) {
  return { runner: new Wallet(KEY, new FallbackProvider([provider], 31337)), close: () => provider.destroy() };
}

/** Reads by the second node; writes by a wallet on it, since ethers sends to all. */
function failover(provider: JsonRpcProvider) {
  const down = new JsonRpcProvider("http://127.0.0.1:9", 31337, { staticNetwork: true });
  const configs = [
    { provider: down, priority: 1 },
    { provider, priority: 2 },
  ];
  const reader = new FallbackProvider(configs, 31337, { quorum: 1 });
  const wallet = new Wallet(KEY, provider);
  const runner = new Proxy(wallet, {
    get: (target, name) => (name === "provider" ? reader : Reflect.get(target, name, target)) as unknown,
  });
  return { runner, close: () => provider.destroy() };
}

function managed(provider: JsonRpcProvider) {
  return { runner: new NonceManager(new Wallet(KEY, provider)), close: () => provider.destroy() };
}

async function nodeSigner(provider: JsonRpcProvider) {
  return { runner: await provider.getSigner(3), close: () => provider.destroy() };
}

function eip1193(provider: JsonRpcProvider): Eip1193Wallet {
  return {
    request: ({ method, params = [] }) =>
      provider.send(method === "eth_requestAccounts" ? "eth_accounts" : method, params as unknown[]),
  };
}

async function browser(node: JsonRpcProvider) {
  const provider = new BrowserProvider(eip1193(node), 31337);
  return { runner: await provider.getSigner(), close: () => node.destroy() };
}
