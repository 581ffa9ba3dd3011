import rateLimit, { normalizeIP } from "@fastify/rate-limit";
import type { FastifyInstance, FastifyRequest, RouteShorthandOptions } from "fastify";
import { TooManyRequestsError } from "../errors/limits.js";
import { isWithdrawal } from "../statements/subject.js";

/** How many requests may come from one IP address, or one IPv6 network of 64 bits, in any minute. */
export interface RequestLimits {
  /** Statements that are posted; of withdrawals as many again. */
  statements: number;
  /** Questions what became of one, whether the relayer works, and so on. */
  reads: number;
}

export const USUAL_REQUESTS: RequestLimits = { statements: 60, reads: 600 };

/** Counts requests by the address that they come from, in memory; each route says how many there may be. */
export async function limitRequests(app: FastifyInstance, { reads }: RequestLimits): Promise<void> {
  await app.register(rateLimit, {
    max: reads,
    timeWindow: "1 minute",
    errorResponseBuilder: (_, { ttl }) => new TooManyRequestsError(Math.max(Math.ceil(ttl / 1_000), 1)),
  });
}

/** The options of the route that takes statements: what only says that it is a withdrawal is counted apart. */
export function limitedStatements({ statements }: RequestLimits): RouteShorthandOptions {
  const keyGenerator = ({ ip, body }: FastifyRequest): string => {
    const { primaryType } = (body ?? {}) as { primaryType?: unknown };
    return `${normalizeIP(ip, 64)} ${isWithdrawal(primaryType) ? "withdrawals" : "others"}`;
  };
  return { config: { rateLimit: { max: statements, hook: "preHandler", keyGenerator } } };
}
