import type { FetchRequest } from "ethers";
import { RateLimitedError } from "../errors/chain.js";

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
  const answer: unknown = response.bodyJson;
  return Array.isArray(answer) ? (answer as unknown[]) : [answer];
}

/** Of a header `Retry-After`: seconds, or a date. */
function millisecondsIn(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const milliseconds = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(milliseconds) ? Math.max(milliseconds, 0) : undefined;
}
