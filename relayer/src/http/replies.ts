import { ConsentryError, InvalidParameterError, InvalidStatementError } from "@consentry/sdk";
import type { FastifyError, FastifyInstance, FastifyReply } from "fastify";
import { isRefusal, isWaste } from "../delivery/fate.js";
import { GasBudgetUsedError, TooManyRequestsError, TooManyStatementsError } from "../errors/limits.js";
import {
  MalformedHttpError,
  NotJsonError,
  RelayerFaultError,
  StatementTooLongError,
  UnknownRouteError,
  UnknownStatementError,
} from "../errors/requests.js";
import { type Count, isUnreadableBody } from "./limits.js";

/** The most bytes that a statement may have. */
export const LONGEST_BODY = 65_536;

/** When whoever finds that the relayer can't work now may come back, in seconds. */
const SOON = 5;

type ErrorClass = abstract new (...args: never) => ConsentryError;

const STATUSES: readonly [type: ErrorClass, status: number][] = [
  [InvalidStatementError, 400],
  [InvalidParameterError, 400],
  [MalformedHttpError, 400],
  [UnknownRouteError, 404],
  [UnknownStatementError, 404],
  [StatementTooLongError, 413],
  [NotJsonError, 415],
  [TooManyRequestsError, 429],
  [TooManyStatementsError, 429],
  [RelayerFaultError, 500],
];

/** From now on errors are answered; those of a body that can't be read are counted first, as nothing else did. */
export function replyTo(app: FastifyInstance, count: Count): void {
  app.setErrorHandler(async (error, request, reply) => {
    const refusal = isUnreadableBody(error) ? await count(request).catch((refused: unknown) => refused) : undefined;
    return replyWith(reply, refusal ?? error);
  });
}

/** Answers with an error: its code, its message, its hint, and nothing else of it. */
export function replyWith(reply: FastifyReply, thrown: unknown): FastifyReply {
  const error = errorOf(thrown as Partial<FastifyError>);
  const { code, shortMessage: message, hint } = error;
  const status = statusOf(error);
  if (status === 429 || status === 503) reply.header("retry-after", secondsUntil(error));
  if (status === 500) reply.log.error({ err: error.cause }, "failed unexpectedly");
  return reply.code(status).send({ code, message, hint });
}

/** Whatever the statement is not at fault of may pass: the node is gone, or the queue is full. */
function statusOf(error: ConsentryError): number {
  const known = STATUSES.find(([type]) => error instanceof type)?.[1];
  return known ?? (isRefusal(error) || isWaste(error) ? 422 : 503);
}

function secondsUntil(error: ConsentryError): number {
  const limits = [TooManyRequestsError, TooManyStatementsError, GasBudgetUsedError];
  return "retryAfter" in error && limits.some((type) => error instanceof type) ? Number(error.retryAfter) : SOON;
}

/** What Fastify threw, as one of the relayer's own errors. */
function errorOf(thrown: Partial<FastifyError>): ConsentryError {
  if (thrown instanceof ConsentryError) return thrown;
  const { statusCode = 500, code = "" } = thrown;
  if (statusCode === 413) return new StatementTooLongError(LONGEST_BODY);
  if (statusCode === 415) return new NotJsonError();
  if (statusCode === 400 && code.startsWith("FST_ERR_CTP_")) return new InvalidStatementError("the text", "JSON");
  return statusCode < 500 ? new MalformedHttpError() : new RelayerFaultError(thrown);
}
