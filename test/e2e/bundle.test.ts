import { type Context, createContext, runInContext } from "node:vm";
import { expect } from "chai";
import { bundle, bundleOf, BROWSER_SUBPATHS, PEERS, SUBPATHS } from "../../scripts/package/bundle.js";
import { BUDGETS } from "../../scripts/package/budgets.js";
import { connection, deploymentOf, LABS } from "../sdk/setup.js";
import { deploySuite } from "../suite.js";

/** What a page has besides the language itself, of what the SDK and ethers ask for; and nothing of Node. */
const PAGE = {
  AbortController,
  AbortSignal,
  crypto,
  fetch,
  structuredClone,
  TextDecoder,
  TextEncoder,
  URL,
  atob,
  btoa,
  clearTimeout,
  setTimeout,
};

/** A page, before it loads anything. */
function page(): Context {
  const context = createContext({ ...PAGE });
  runInContext("globalThis.self = globalThis", context);
  return context;
}

/** How many bytes a program takes, the SDK put in and ethers left out. */
async function weigh(source: string): Promise<number> {
  return (await bundle({ source, platform: "browser", external: PEERS })).length;
}

describe("the SDK in a bundle", function () {
  this.timeout(60_000);

  it("has a budget for each of its paths", () => {
    expect(Object.keys(BUDGETS)).to.have.members([...SUBPATHS]);
  });

  for (const path of BROWSER_SUBPATHS) {
    it(`needs nothing of Node in ${path}, ethers put in`, async () => {
      const source = `export * from "@consentry/sdk${path.slice(1)}";`;
      const script = await bundle({ source, platform: "browser", format: "iife", globalName: "sdk" });
      expect(typeof runInContext(`${script}; sdk`, page())).to.equal("object");
    });
  }

  it("can't be bundled for a page where it needs Node: the test above would see it", async () => {
    const source = 'export * from "@consentry/sdk/node";';
    const outcome = await bundle({ source, platform: "browser", external: PEERS }).catch((error: unknown) => error);
    expect(String(outcome)).to.include('Could not resolve "node:');
  });

  it("decides and grants in a context that has nothing of Node", async () => {
    const source = 'export * from "@consentry/sdk";';
    const script = await bundle({ source, platform: "browser", format: "iife", globalName: "sdk" });
    const context = page();
    expect(runInContext("typeof process + typeof Buffer + typeof require", context)).to.equal("undefined".repeat(3));
    const { connect } = runInContext(`${script}; sdk`, context) as typeof import("@consentry/sdk");

    const suite = await deploySuite(connection);
    const { patient, clinic } = suite.signers;
    const wallet = {
      request: ({ method, params }: { method: string; params?: unknown }) =>
        method === "eth_requestAccounts" || method === "eth_accounts"
          ? Promise.resolve([patient.address])
          : connection.provider.request({ method, params: params as unknown[] }),
    };
    const { consents } = await connect({ runner: wallet, deployment: await deploymentOf(suite) });
    const question = {
      patient: patient.address,
      grantee: clinic.address,
      categories: ["LABS"],
      purpose: "TREAT",
    } as const;
    expect((await consents.decide(question)).decision).to.equal("NoConsent");
    await consents.grant({ ...LABS, grantee: clinic.address });
    expect((await consents.decide(question)).permitted).to.be.true;
  });

  it("leaves out what a page does not import", async () => {
    const all = (await bundleOf(".")).length;
    expect(await weigh('export { contentHash } from "@consentry/sdk";')).to.be.below(0.02 * all);
    expect(await weigh('export { toCategory } from "@consentry/sdk";')).to.be.below(0.12 * all);
    expect(await weigh('export { renderStatement } from "@consentry/sdk";')).to.be.below(0.3 * all);
    expect(await weigh('import "@consentry/sdk";')).to.equal(0);
  });
});
