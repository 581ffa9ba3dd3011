import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { createGuard } from "./guard.js";
import type { GuardOptions } from "./types.js";

/** An Express request as guards see it; give your own type where you need more: `consentGuard.express<Request>`. */
export interface ExpressRequest extends IncomingMessage {
  /** What the path holds: `id` of `/fhir/Observation/:id`. */
  params: Readonly<Record<string, string>>;
  query: unknown;
}

/** What Express calls before the handler. */
export type ExpressGuard = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** A Fastify request as guards see it; give your own type where you need more: `consentGuard.fastify<FastifyRequest>`. */
export interface FastifyRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly raw: IncomingMessage;
  /** What the path holds: `id` of `/fhir/Observation/:id`. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: unknown;
}

/** What guards need of a Fastify reply. */
export interface FastifyReply {
  readonly raw: ServerResponse;
  getHeaders(): Record<string, number | string | string[] | undefined>;
  hijack(): unknown;
}

/** The options of a Fastify route that is guarded. */
export interface FastifyGuard {
  preHandler: (request: { readonly method: string }, reply: FastifyReply) => Promise<unknown>;
}

/**
 * Guards a read of health records: identifies who asks, decides record by record, logs each access on the chain, and lets the
 * handler's answer out only if all of it is permitted, and still is when the answer begins.
 *
 * - What is refused, what is not there, and whatever fails is answered alike: 404 with a FHIR OperationOutcome, by the same
 *   bytes. `onRefusal` tells the server why. Of the handler's answers only successes (2xx, 304) go out.
 * - Not alike is how long it takes: a refusal waits for its entry in the log, so for a block; an id that nothing stands behind
 *   does not. Who can measure that can tell them apart.
 * - GET is guarded, and HEAD of a record; all else is refused.
 * - Answers are `Cache-Control: no-store`.
 */
export const consentGuard = {
  /**
   * A guard of an Express route (version 5), between its path and its handler.
   *
   * @throws InvalidParameterError if an option is missing or wrong
   * @example
   * import { consentGuard } from "@consentry/sdk/server";
   *
   * const guard = consentGuard.express({
   *   consentry,
   *   identify: (request) => sessions.get(request.headers.authorization), // { grantee, member, purpose: "TREAT" }
   *   record: (request) => ids.get(request.params["id"]),
   * });
   * app.get("/fhir/Observation/:id", guard, handler);
   */
  express: <Request extends IncomingMessage = ExpressRequest>(options: GuardOptions<Request>): ExpressGuard => {
    const guard = createGuard(options);
    return (request, response, next) => {
      const guarded = { request: request as Request, method: request.method, response };
      void guard(guarded).then((mayRun) => {
        if (mayRun) next();
      });
    };
  },

  /**
   * The options of a guarded Fastify route (version 5), between its path and its handler.
   *
   * @throws InvalidParameterError if an option is missing or wrong
   * @example
   * import { consentGuard } from "@consentry/sdk/server";
   *
   * const guard = consentGuard.fastify({
   *   consentry,
   *   identify: (request) => sessions.get(request.headers.authorization), // { grantee, member, purpose: "TREAT" }
   *   record: (request) => ids.get(request.params["id"]),
   * });
   * app.get("/fhir/Observation/:id", guard, handler);
   */
  fastify: <Request extends { readonly method: string } = FastifyRequest>(
    options: GuardOptions<Request>,
  ): FastifyGuard => {
    const guard = createGuard(options);
    return {
      async preHandler(request, reply) {
        const headers: OutgoingHttpHeaders = reply.getHeaders();
        const guarded = { request: request as Request, method: request.method, response: reply.raw, headers };
        return (await guard(guarded)) ? undefined : reply.hijack();
      },
    };
  },
} as const;
