import type { AddressInfo } from "node:net";
import { consentGuard } from "@consentry/sdk/server";
import { expect } from "chai";
import Fastify, { type FastifyInstance, type FastifyReply } from "fastify";
import { type Answer, send } from "./http.js";
import { createWorld, OBSERVATION, type World } from "./setup.js";

describe("consentGuard.fastify", function () {
  this.timeout(30_000);

  let world: World;
  let restore: () => Promise<void>;
  let app: FastifyInstance;
  before(async () => {
    world = await createWorld();
    restore = await world.snapshot();
  });
  after(() => world.close());
  afterEach(async () => {
    await app.close();
    await restore();
  });

  const withdraw = () => {
    const { patient, clinic } = world.actors;
    return patient.consentry.consents.revoke({ grantee: clinic.address });
  };
  const start = async (
    handler: (reply: FastifyReply) => unknown,
    prepare: (app: FastifyInstance) => unknown = () => undefined,
    more: object = {},
  ): Promise<void> => {
    app = Fastify();
    prepare(app);
    const guard = consentGuard.fastify({
      consentry: world.actors.gateway.consentry,
      identify: () => world.clinicAsks,
      record: (request) => world.ids.get(request.params["id"] ?? ""),
    });
    app.get("/fhir/Observation/:id", { ...more, ...guard }, (_request, reply) => handler(reply));
    await app.listen({ port: 0, host: "127.0.0.1" });
  };
  const get = (id = "potassium", method = "GET"): Promise<Answer> =>
    send((app.server.address() as AddressInfo).port, `/fhir/Observation/${id}`, method);

  const ways: [what: string, handler: (reply: FastifyReply) => unknown][] = [
    ["returns", async () => Promise.resolve(OBSERVATION)],
    ["sends", (reply) => void reply.send(OBSERVATION)],
    [
      "sends and returns nothing",
      async (reply) => {
        await Promise.resolve();
        void reply.send(OBSERVATION);
      },
    ],
    ["answers with a Response", () => Promise.resolve(Response.json(OBSERVATION))],
    ["answers with a stream of the web", () => Promise.resolve(new Blob([JSON.stringify(OBSERVATION)]).stream())],
    [
      "writes past Fastify",
      (reply) => {
        reply.hijack();
        reply.raw.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(OBSERVATION));
      },
    ],
  ];
  for (const [what, handler] of ways) {
    it(`lets out, or holds back, what a handler ${what}`, async () => {
      await start(handler);
      const { status, body } = await get();
      expect(status).to.equal(200);
      expect(body).to.include("Potassium");
      await app.close();
      await start(async (reply) => {
        await withdraw();
        return handler(reply);
      });
      expect((await get()).bytes).to.equal((await get("nothing")).bytes);
    });
  }

  it("answers alike, whatever hooks add and whatever an error handler says", async () => {
    await start(
      () => Promise.reject(new Error("secret")),
      (instance) => {
        instance.addHook("onSend", async (_request, reply, payload) => {
          reply.header("X-Sent", "1");
          return Promise.resolve(payload);
        });
        instance.setErrorHandler((_error, _request, reply) => reply.code(200).send({ secret: true }));
      },
    );
    // Its error handler calls it a success: then it is one, for somebody who may see the record.
    expect((await get()).status).to.equal(200);
    await withdraw();
    expect((await get()).bytes).to.equal((await get("nothing")).bytes);
  });

  it("leaves to Fastify what it answers before the guard", async () => {
    const schema = { querystring: { type: "object", properties: { _count: { type: "integer" } } } };
    await start(() => OBSERVATION, undefined, { schema });
    for (const id of ["potassium", "note", "nothing"]) {
      expect((await get(`${id}?_count=many`)).status, id).to.equal(400);
    }
  });

  it("answers HEAD, which Fastify routes by itself", async () => {
    await start(() => OBSERVATION);
    const [whole, head] = [await get(), await get("potassium", "HEAD")];
    expect([head.status, head.headers["content-length"]]).to.deep.equal([200, whole.headers["content-length"]]);
    expect((await get("note", "HEAD")).bytes).to.equal((await get("nothing", "HEAD")).bytes);
  });

  it("works where a request is injected", async () => {
    await start(() => OBSERVATION);
    const inject = (id: string) => app.inject(`/fhir/Observation/${id}`);
    expect((await inject("potassium")).json()).to.deep.equal(OBSERVATION);
    expect((await inject("note")).body).to.equal((await inject("nothing")).body);
  });
});
