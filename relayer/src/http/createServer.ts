import cors from "@fastify/cors";
import helmet from "@fastify/helmet";
import Fastify, { type FastifyInstance, LogController } from "fastify";
import { UnknownRouteError } from "../errors/requests.js";
import { limitRequests, readsOf, type RequestLimits } from "./limits.js";
import { loggerTo, logReplies, type LogStream } from "./log.js";
import { LONGEST_BODY, replyTo, replyWith } from "./replies.js";

/** How the server meets the world. */
export interface ServerOptions {
  /** The pages that may use it, by their origins. */
  origins: readonly string[];
  /** Whose word about the address of a request is believed: addresses or networks of reverse proxies. */
  trustedProxies: readonly string[];
  requests: RequestLimits;
  log: LogStream;
}

/** How long a request may take to arrive, in milliseconds. */
const SLOWEST_REQUEST = 30_000;

/** A server without routes: headers, limits, logs and errors are what all of them have in common. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { origins, trustedProxies, requests, log } = options;
  const app = Fastify({
    logger: loggerTo(log),
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: (error, _, reply) => void replyWith(reply, error),
    bodyLimit: LONGEST_BODY,
    requestTimeout: SLOWEST_REQUEST,
    trustProxy: trustedProxies.length > 0 && [...trustedProxies],
  });
  // A page may post text to whomever it likes, but JSON only to whom it may.
  app.removeContentTypeParser("text/plain");
  logReplies(app);
  await addHeaders(app, origins);
  await limitRequests(app, requests);
  replyTo(app, readsOf(app));
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, (_, reply) => replyWith(reply, new UnknownRouteError()));
  return app;
}

async function addHeaders(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  const nothing = { defaultSrc: ["'none'"], frameAncestors: ["'none'"] };
  await app.register(helmet, { contentSecurityPolicy: { useDefaults: false, directives: nothing } });
  const methods = ["GET", "POST"];
  await app.register(cors, { origin: [...origins], methods, exposedHeaders: ["retry-after"], maxAge: 600 });
  app.addHook("onSend", (_, reply, payload, done) => {
    reply.header("cache-control", "no-store");
    done(null, payload);
  });
}
