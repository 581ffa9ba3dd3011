import { NothingToDeliverError, parseStatement, type SignedStatement, type VerifiedStatement } from "@consentry/sdk";
import type { FastifyInstance, FastifyReply } from "fastify";
import type { Delivering } from "../delivery/delivering.js";
import { GasBudgetUsedError, TooManyRequestsError } from "../errors/limits.js";
import { UnknownStatementError } from "../errors/requests.js";
import type { Queue } from "../queue/queue.js";
import type { Shares } from "../queue/shares.js";
import type { StatementState } from "../queue/types.js";
import { idOf } from "../statements/idOf.js";
import { requireOthers } from "../statements/requireOthers.js";
import { shortOf } from "../statements/shortOf.js";
import { isWithdrawal } from "../statements/subject.js";
import { type RequestLimits, statementsOf } from "./limits.js";
import { replyTo } from "./replies.js";
import { sourceOf } from "./sources.js";

/** What the routes work with. */
export interface Serving extends Delivering {
  requests: RequestLimits;
  shares: Shares;
  /** There is something to deliver. */
  wake: () => void;
}

/** `POST /statements` takes a signed statement, `GET /statements/:id` tells what became of it. */
export function addStatements(app: FastifyInstance, serving: Serving): void {
  void app.register((posting, _, ready) => {
    const count = statementsOf(posting, serving.requests);
    replyTo(posting, count);
    const limited = { config: { rateLimit: false as const }, preHandler: count };
    posting.post("/statements", limited, async ({ body, ip }, reply) => {
      return answer(reply, await accept(serving, body, sourceOf(ip)));
    });
    ready();
  });
  app.get<{ Params: { id: string } }>("/statements/:id", ({ params }) => {
    const found = serving.queue.find(params.id.toLowerCase());
    if (found === undefined) throw new UnknownStatementError();
    return found;
  });
}

/** Only what is on disk is accepted. */
async function accept(serving: Serving, body: unknown, source: string): Promise<StatementState> {
  const { queue, payer, log, wake } = serving;
  const statement = parseStatement(body);
  requireOthers(statement, payer.address);
  const id = idOf(statement);
  const waiting = queue.findWaiting(id);
  if (waiting !== undefined) return waiting;
  const since = Date.now();
  const verified = await verify(serving, statement);
  if (verified === undefined) return queue.findWaiting(id) ?? endedAlready(queue, id);
  requireRoom(serving, source, isWithdrawal(statement.primaryType));
  const added = queue.add({ id, statement, account: verified.account, source, since });
  serving.shares.take(source, verified.gas);
  log.info({ id: shortOf(id), type: statement.primaryType }, "accepted");
  wake();
  return added;
}

function endedAlready(queue: Queue, id: string): StatementState {
  queue.done(id);
  return { id, state: "done" };
}

/** Sees to it that there is gas left for it: of the day's, and of what one source may take of that. */
function requireRoom({ gas, shares }: Serving, source: string, withdrawal: boolean): void {
  const noRoom = gas.wait(withdrawal);
  if (noRoom > 0) throw new GasBudgetUsedError(Math.ceil(noRoom / 1_000));
  const noShare = shares.wait(source, withdrawal);
  if (noShare > 0) throw new TooManyRequestsError(Math.ceil(noShare / 1_000));
}

/** Who signed a statement that would have an effect now, and what that takes; undefined if it has had it. */
async function verify({ line, options }: Serving, statement: SignedStatement): Promise<VerifiedStatement | undefined> {
  try {
    return await line.use(({ relay }) => relay.verify(statement, options));
  } catch (error) {
    if (error instanceof NothingToDeliverError) return undefined;
    throw error;
  }
}

function answer(reply: FastifyReply, { id, state }: StatementState): FastifyReply {
  return reply.code(state === "done" ? 200 : 202).send({ id, state });
}
