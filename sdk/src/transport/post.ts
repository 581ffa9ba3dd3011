import type { FetchRequest } from "ethers";
import { turn } from "../values/turn.js";
import { RateLimitedError, UnreadableAnswerError } from "../errors/chain.js";

/** From so many bytes on an answer takes a while to be read, and what is done with it waits for its turn. */
const LONG = 500_000;

/** Posts to a node, and reads its answers; ethers would wait for itself where there were too many requests. */
export async function post(connection: FetchRequest, payload: unknown): Promise<unknown[]> {
  connection.body = JSON.stringify(payload);
  connection.setHeader("content-type", "application/json");
  connection.retryFunc = () => Promise.resolve(false);
  const response = await connection.send();
  if (response.statusCode === 429) {
    throw new RateLimitedError(new TypeError("HTTP status 429"), millisecondsIn(response.headers["retry-after"]));
  }
  response.assertOk();
  const { body } = response;
  const answer = jsonIn(body);
  if (body !== null && body.length > LONG) await turn();
  return Array.isArray(answer) ? (answer as unknown[]) : [answer];
}

/** Ethers would read the bytes of a text one by one: seconds for ten thousand logs. */
function jsonIn(body: Uint8Array | null): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body ?? undefined));
  } catch (cause) {
    throw new UnreadableAnswerError(cause);
  }
}

/** Of a header `Retry-After`: seconds, or a date. */
function millisecondsIn(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const milliseconds = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(milliseconds) ? Math.max(milliseconds, 0) : undefined;
}
