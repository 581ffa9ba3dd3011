import type { AddressInfo } from "node:net";
import { consentGuard } from "@consentry/sdk/server";
import { expect } from "chai";
import express, { type RequestHandler, type Response } from "express";
import { type Answer, send } from "./http.js";
import { createWorld, OBSERVATION, type Server, type World } from "./setup.js";

type Handler = (response: Response) => unknown;

describe("consentGuard.express", function () {
  this.timeout(30_000);

  let world: World;
  let restore: () => Promise<void>;
  let server: Server;

  before(async () => {
    world = await createWorld();
    restore = await world.snapshot();
  });
  after(() => world.close());
  afterEach(async () => {
    await server.close();
    await restore();
  });

  const withdraw = () => {
    const { patient, clinic } = world.actors;
    return patient.consentry.consents.revoke({ grantee: clinic.address });
  };

  /** Starts a server with middleware before and after the guard. */
  const start = async (handler: Handler, before: RequestHandler[] = [], after: RequestHandler[] = []) => {
    const app = express();
    app.get(
      "/fhir/Observation/:id",
      ...before,
      consentGuard.express({
        consentry: world.actors.gateway.consentry,
        identify: () => world.clinicAsks,
        record: (request) => world.ids.get(request.params["id"] ?? ""),
      }),
      ...after,
      (_request, response) => handler(response),
    );
    // Errors are shown to nobody, and this keeps them from the output of the tests.
    app.set("env", "test");
    const listening = app.listen(0, "127.0.0.1");
    await new Promise((resolve) => listening.once("listening", resolve));
    const close = () => new Promise<void>((resolve) => listening.close(() => resolve()));
    server = { port: (listening.address() as AddressInfo).port, close };
  };
  const get = (id = "potassium"): Promise<Answer> => send(server.port, `/fhir/Observation/${id}`);

  const ways: [what: string, handler: Handler, body: RegExp][] = [
    ["writeHead with an object", (r) => r.writeHead(200, "Good", { "X-Own": "1" }).end("ok"), /^ok$/],
    ["writeHead with pairs", (r) => r.writeHead(200, ["X-Own", "1", "X-Own", "2"]).end("ok"), /^ok$/],
    [
      "an older name of it",
      (r) => (r as never as { writeHeader: typeof r.writeHead }).writeHeader(200).end("ok"),
      /^ok$/,
    ],
    [
      "flushHeaders",
      (r) => {
        r.flushHeaders();
        r.write("o");
        r.end("k");
      },
      /^ok$/,
    ],
    ["end alone", (r) => r.end("ok"), /^ok$/],
    ["end with an encoding", (r) => r.end("6f6b", "hex"), /^ok$/],
    ["end with a callback", (r) => new Promise<void>((resolve) => r.end("ok", resolve)), /^ok$/],
    ["write with a callback", (r) => r.write("o", () => r.end("k")), /^ok$/],
    [
      "hints before it",
      (r) => {
        r.writeContinue();
        r.writeProcessing();
        r.writeEarlyHints({ link: "</secret>; rel=preload" }, () => r.end("ok"));
      },
      /^ok$/,
    ],
    ["a file", (r) => r.sendFile(new URL("../../../package.json", import.meta.url).pathname), /"name": "consentry"/],
  ];
  for (const [what, handler, body] of ways) {
    it(`lets out what is sent by ${what}`, async () => {
      await start(handler);
      const { status, body: received, bytes } = await get();
      expect(status).to.equal(200);
      expect(received).to.match(body);
      expect(bytes).not.to.match(/secret|HTTP\/1\.1 10/);
    });

    it(`holds back what is sent by ${what}`, async () => {
      await start(async (response) => {
        await withdraw();
        handler(response);
      });
      expect((await get()).bytes).to.equal((await get("nothing")).bytes);
    });
  }

  it("keeps the head as it was when it was sent, with a header that is there twice", async () => {
    await start((response) => {
      response.writeHead(203, "Good", ["Set-Cookie", "a=1", "Set-Cookie", "b=2"]);
      response.end("ok");
      response.statusCode = 500;
      response.setHeader("X-Late", "1");
    });
    const { bytes } = await get();
    expect(bytes).to.match(/^HTTP\/1\.1 203/);
    expect(bytes).to.match(/Set-Cookie: a=1\r\nSet-Cookie: b=2\r\n/i);
    expect(bytes).not.to.match(/X-Late/i);
  });

  it("lets nothing out if the handler fails after it has sent", async () => {
    await start((response) => {
      response.json(OBSERVATION);
      throw new Error("secret");
    });
    expect((await get()).bytes).to.equal("");
  });

  it("sends what is sent twice once", async () => {
    await start((response) => {
      response.end("first");
      response.end("second");
      response.write("third");
    });
    expect((await get()).body).to.equal("first");
  });

  it("works with middleware that wraps the response, before and after it", async () => {
    const wrap =
      (mark: string): RequestHandler =>
      (_request, response, next) => {
        const end = response.end.bind(response);
        response.end = ((chunk: unknown) => end(`${String(chunk)}${mark}`)) as typeof response.end;
        next();
      };
    await start((response) => response.end("ok"), [wrap("<")], [wrap(">")]);
    expect((await get()).body).to.equal("ok><");
  });

  it("adds nothing to an answer that was begun before it", async () => {
    let handled = false;
    const early: RequestHandler = (_request, response, next) => {
      response.write("early");
      next();
    };
    await start(() => (handled = true), [early]);
    expect((await get()).bytes).not.to.match(/\r\n0\r\n/);
    expect(handled).to.equal(false);
  });

  it("guards twice, if it is told to", async () => {
    const second = consentGuard.express({
      consentry: world.actors.gateway.consentry,
      identify: () => world.clinicAsks,
      record: () => world.ids.get("sodium"),
    });
    await start((response) => response.json(OBSERVATION), [], [second]);
    expect((await get()).status).to.equal(200);
    const { patient, clinic } = world.actors;
    await patient.consentry.consents.revoke({ grantee: clinic.address, record: world.ids.get("sodium")! });
    expect((await get()).bytes).to.equal((await get("nothing")).bytes);
  });
});
