import { startRelayer } from "@consentry/relayer";
import { InvalidRunnerError } from "@consentry/sdk";
import { expect } from "chai";
import { Wallet } from "ethers";
import { on, type Fault } from "../sdk/faults/line.js";
import { expectError } from "../sdk/setup.js";
import { accepted, done, expectProblem, get, grantOf, GRANTEE, PAYER, post, relayerWorld } from "./support/world.js";

const PORTAL = "https://portal.example";
const gone: Fault = ({ drop }) => drop();

describe("Relayer, as a server", () => {
  const world = relayerWorld();

  it("lets the pages use it that were named, and no others", async () => {
    const { url } = await world.start({ origins: [PORTAL] });
    const preflight = (origin: string) =>
      fetch(`${url}/statements`, {
        method: "OPTIONS",
        headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "content-type" },
      });
    const allowed = await preflight(PORTAL);
    expect(allowed.headers.get("access-control-allow-origin")).to.equal(PORTAL);
    expect(allowed.headers.get("access-control-allow-methods")).to.equal("GET, POST");
    expect(allowed.headers.has("access-control-allow-credentials")).to.be.false;
    for (const origin of ["https://evil.example", "https://portal.example.evil.example", "null"]) {
      expect((await preflight(origin)).headers.has("access-control-allow-origin"), origin).to.be.false;
    }
    const { headers } = await get(url, "/health", { origin: PORTAL });
    expect(headers.get("access-control-allow-origin")).to.equal(PORTAL);
    expect(headers.get("access-control-expose-headers")).to.equal("retry-after");
    expect((await post(url, {}, { origin: PORTAL })).headers.get("access-control-allow-origin")).to.equal(PORTAL);
    const { url: closed } = await world.start();
    expect((await get(closed, "/health", { origin: PORTAL })).headers.has("access-control-allow-origin")).to.be.false;
  });

  it("sends the headers that keep answers where they belong, and no cookies", async () => {
    const { url } = await world.start();
    for (const { headers } of [await get(url, "/health"), await post(url, {}), await get(url, "/nothing")]) {
      expect(headers.get("content-security-policy")).to.equal("default-src 'none';frame-ancestors 'none'");
      expect(headers.get("cache-control")).to.equal("no-store");
      expect(headers.get("x-content-type-options")).to.equal("nosniff");
      expect(headers.get("strict-transport-security")).to.be.a("string");
      expect(headers.has("set-cookie") || headers.has("x-powered-by")).to.be.false;
    }
  });

  it("logs what happened, and nothing that names a person", async () => {
    const { url, log } = await world.start({ trustedProxies: ["127.0.0.1"] });
    const [patient, stranger] = [await world.person(), await world.person()];
    const from = { "x-forwarded-for": "203.0.113.77" };
    const signed = await grantOf(patient);
    const id = await accepted(url, signed);
    await done(url, id);
    await post(url, signed, from);
    await post(url, await grantOf(stranger, { patient: patient.address }), from);
    await post(url, { patient: patient.address }, from);
    await get(url, `/statements/${patient.address}?patient=${patient.address}`, from);
    await get(url, `/${patient.address}`, from);
    world.node.line.fail(gone);
    await post(url, await grantOf(stranger), from);
    await get(url, "/ready", from);
    const lines = log.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.filter(({ msg }) => msg === "delivered")).to.have.length(1);
    expect(lines.find(({ route }) => route === "/statements/:id")).to.include({ method: "GET", status: 200 });
    const text = log
      .filter((line) => !line.includes("Server listening"))
      .join("")
      .toLowerCase();
    const names = [
      patient.address,
      stranger.address,
      GRANTEE,
      PAYER.address,
      signed.signature,
      id,
      "203.0.113.77",
      "127.0.0.1",
    ];
    for (const name of names) expect(text.includes(name.toLowerCase().replace("0x", "")), name).to.be.false;
    expect(text).to.contain(id.slice(0, 10));
  });

  describe("GET /ready", () => {
    it("tells that the process answers, and that it could deliver", async () => {
      const { url } = await world.start();
      expect(await get(url, "/health")).to.deep.include({ status: 200, body: { status: "ok" } });
      expect(await get(url, "/ready")).to.deep.include({ status: 200, body: { status: "ready" } });
    });

    it("or that its node is gone", async () => {
      const { url } = await world.start();
      world.node.line.fail(gone);
      expectProblem(await get(url, "/ready"), 503, "Network");
      expect((await get(url, "/health")).status).to.equal(200);
      world.node.line.fail();
      expect((await get(url, "/ready")).status).to.equal(200);
    });

    it("or on another chain", async () => {
      const { url } = await world.start();
      world.node.line.fail(
        on("eth_chainId", async ({ ask, reply }) => {
          reply((await ask()).replace("0x7a69", "0x1"));
        }),
      );
      expectProblem(await get(url, "/ready"), 503, "WrongChain");
    });

    it("or that its key can't pay, unless gas is free", async () => {
      const { url } = await world.start({ runner: Wallet.createRandom().connect(world.node.provider) });
      expectProblem(await get(url, "/ready"), 503, "LowFunds");
      const zero: Fault = ({ ids, reply }) => reply(JSON.stringify({ jsonrpc: "2.0", id: ids[0], result: "0x0" }));
      world.node.line.fail(on("eth_gasPrice", zero));
      expect((await get(url, "/ready")).status).to.equal(200);
    });
  });

  it("needs a signer that has a node", async () => {
    const { deployment } = world.node;
    await expectError(startRelayer({ runner: PAYER, deployment, database: world.path() }), InvalidRunnerError);
  });
});
