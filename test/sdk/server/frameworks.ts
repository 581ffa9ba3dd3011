import type { AddressInfo } from "node:net";
import { pipeline, Readable } from "node:stream";
import { consentGuard } from "@consentry/sdk/server";
import express from "express";
import Fastify from "fastify";
import type { AnyRequest, Handler, Options, Server } from "./setup.js";

/** Starts a server that guards /fhir/Observation/:id, and numbers its answers as many servers do. */
export type Serve = (options: Options, handler: Handler) => Promise<Server>;

const PATH = "/fhir/Observation/:id";
let requests = 0;

const serveExpress: Serve = async (options, handler) => {
  const app = express();
  app.use((_request, response, next) => {
    response.setHeader("X-Request-Id", String(++requests));
    next();
  });
  const guard = consentGuard.express<express.Request>(options as never);
  app.all(PATH, guard, async (request, response) => {
    const { status = 200, headers = {}, body } = await handler(request.params.id, request as AnyRequest);
    response.status(status).set(headers);
    if (body instanceof Readable) pipeline(body, response, () => undefined);
    else response.json(body);
  });
  const server = app.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};

const serveFastify: Serve = async (options, handler) => {
  const app = Fastify();
  app.addHook("onRequest", async (_request, reply) => {
    reply.header("X-Request-Id", String(++requests));
  });
  const guard = consentGuard.fastify<AnyRequest>(options);
  app.all(PATH, guard, async (request, reply) => {
    const { id } = request.params as { id: string };
    const { status = 200, headers = {}, body } = await handler(id, request);
    return reply.code(status).headers(headers).send(body);
  });
  await app.listen({ port: 0, host: "127.0.0.1" });
  return { port: (app.server.address() as AddressInfo).port, close: () => app.close() };
};

export const frameworks: Record<string, Serve> = { Express: serveExpress, Fastify: serveFastify };
