import { connect, NotContributorError } from "@consentry/sdk";
import { expect } from "chai";
import { AbstractProvider, JsonRpcProvider, Network, type PerformActionRequest, Wallet } from "ethers";
import { startServer, type Served } from "../served.js";
import { expectError, LABS } from "../setup.js";

const KEY = "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80";
const clinic = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

/** A provider of one's own, that is no JsonRpcApiProvider. */
class OwnProvider extends AbstractProvider {
  readonly #node: JsonRpcProvider;

  constructor(node: JsonRpcProvider) {
    super(Network.from(31337));
    this.#node = node;
  }

  override async _perform<T>(request: PerformActionRequest): Promise<T> {
    return (await this.#node._perform(request)) as T;
  }

  override _detectNetwork(): Promise<Network> {
    return Promise.resolve(Network.from(31337));
  }
}

describe("a provider that is no JsonRpcApiProvider", () => {
  let served: Served;
  let node: JsonRpcProvider;

  before(async () => {
    served = await startServer();
    node = new JsonRpcProvider(served.url);
  });

  after(async () => {
    node.destroy();
    await served.close();
  });

  it("reads, writes and explains as any other", async () => {
    const runner = new Wallet(KEY, new OwnProvider(node));
    const patient = runner.address;
    const client = await connect({ runner, deployment: served.deployment });
    await client.consents.grant({ ...LABS, grantee: clinic });
    const question = { patient, grantee: clinic, categories: ["LABS"], purpose: "TREAT" } as const;
    expect((await client.consents.decide(question)).permitted).to.be.true;
    await client.consents.revoke({ grantee: clinic });
    expect((await client.consents.decide(question)).permitted).to.be.false;
    expect(await client.consents.list({ patient })).to.have.length(2);
    const register = client.records.register({ patient, categories: ["LABS"], content: "x", purpose: "TREAT" });
    await expectError(register, NotContributorError);
  });
});
