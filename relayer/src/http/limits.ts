import rateLimit, { normalizeIP } from "@fastify/rate-limit";
import type { FastifyInstance, FastifyRequest } from "fastify";
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

const MINUTE = 60_000;

/** Counts a request; throws {@link TooManyRequestsError}. */
export type Count = (request: FastifyRequest) => Promise<void>;

/** Counts requests by the address that they come from, in memory; each route says how many there may be. */
export async function limitRequests(app: FastifyInstance, { reads }: RequestLimits): Promise<void> {
  await app.register(rateLimit, {
    max: reads,
    timeWindow: MINUTE,
    errorResponseBuilder: (_, { ttl }) => tooMany(ttl),
  });
}

/** Counts what is asked for; what the plugin counts by itself it does not see where the body can't be read. */
export function readsOf(app: FastifyInstance): Count {
  return countWith(app.createRateLimit());
}

/** Counts statements that are posted: what only says that it is a withdrawal apart, what says nothing with the others. */
export function statementsOf(app: FastifyInstance, { statements }: RequestLimits): Count {
  const keyGenerator = ({ ip, body }: FastifyRequest): string => {
    const { primaryType } = (body ?? {}) as { primaryType?: unknown };
    return `${normalizeIP(ip, 64)} ${isWithdrawal(primaryType) ? "withdrawals" : "others"}`;
  };
  return countWith(app.createRateLimit({ max: statements, timeWindow: MINUTE, keyGenerator }));
}

/** Whether it is the body that could not be read, which ends a request before it is counted. */
export function isUnreadableBody(error: unknown): boolean {
  return String((error as { code?: unknown }).code).startsWith("FST_ERR_CTP_");
}

function countWith(limit: ReturnType<FastifyInstance["createRateLimit"]>): Count {
  return async (request) => {
    const counted = await limit(request);
    if (!counted.isAllowed && counted.isExceeded) throw tooMany(counted.ttl);
  };
}

function tooMany(ttl: number): TooManyRequestsError {
  return new TooManyRequestsError(Math.max(Math.ceil(ttl / 1_000), 1));
}
