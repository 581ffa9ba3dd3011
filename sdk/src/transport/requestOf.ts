import { FetchRequest, type JsonRpcError, type JsonRpcPayload, JsonRpcProvider, type JsonRpcResult } from "ethers";
import { UnreadableAnswerError } from "../errors/chain.js";
import { InvalidRunnerError } from "../errors/connection.js";
import { fallbackRequest, isFallback } from "./fallback.js";
import { performRequest, type Performer } from "./perform.js";
import { post } from "./post.js";
import type { Eip1193Wallet, Question, Request } from "./types.js";

const URL_TIMEOUT = 30_000;
/** Above the ids that ethers counts from 1, so that on a socket no answer goes to the wrong question. */
const FIRST_ID = 2 ** 40;

/** The way past ethers' cache and its batches in a JsonRpcApiProvider. */
interface Channel {
  _send(payload: JsonRpcPayload | JsonRpcPayload[]): Promise<(JsonRpcResult | JsonRpcError)[]>;
  getRpcError(payload: JsonRpcPayload, error: JsonRpcError): Error;
}

/** A channel that takes several payloads at once, which those over a socket do not. */
interface Http {
  _getConnection(): FetchRequest;
}

/** Hardhat's provider, which caches nothing. */
interface Sending {
  send(method: string, params: readonly unknown[]): Promise<unknown>;
}

/**
 * The direct way to the node behind a provider, whatever it is.
 *
 * @throws InvalidRunnerError if there is none
 */
export function requestOf(provider: unknown): Request {
  if (has<Channel>(provider, "_send", "getRpcError")) return channelRequest(provider);
  if (isFallback(provider)) return fallbackRequest(provider, requestOf);
  if (has<Performer>(provider, "_perform")) return performRequest(provider);
  if (has<Eip1193Wallet>(provider, "request")) return walletRequest(provider);
  if (has<Sending>(provider, "send")) return (method, params) => provider.send(method, params);
  throw new InvalidRunnerError("The provider has no way to send requests.");
}

/**
 * The way to the node at an http(s) URL.
 *
 * @throws InvalidRunnerError
 */
export function requestOfUrl(url: string): Request {
  if (!/^https?:$/.test(protocolOf(url))) throw new InvalidRunnerError("A URL must begin with http: or https:.");
  const connection = new FetchRequest(url);
  connection.timeout = URL_TIMEOUT;
  return channelRequest(new JsonRpcProvider(connection, undefined, { cacheTimeout: -1, batchMaxCount: 1 }));
}

/** Whether a value has all these methods. */
export function has<T extends object>(value: unknown, ...methods: (keyof T)[]): value is T {
  if (typeof value !== "object" || value === null) return false;
  return methods.every((method) => typeof (value as Partial<T>)[method] === "function");
}

/** Wallets cache, and take a block that is named by its hash for the newest. */
function walletRequest(wallet: Eip1193Wallet): Request {
  const request: Request = (method, params) => wallet.request({ method, params });
  return Object.assign(request, { numbersOnly: true });
}

/** Whose class a method of a value is; undefined if there is no such method. */
export function ownerOf(value: object, method: string): unknown {
  for (let owner: object | null = value; owner !== null; owner = Object.getPrototypeOf(owner) as object | null) {
    if (Object.hasOwn(owner, method)) return owner;
  }
  return undefined;
}

function channelRequest(channel: Channel): Request {
  let id = FIRST_ID;
  const payloadOf = ([method, params]: Question): JsonRpcPayload => {
    return { jsonrpc: "2.0", id: id++, method, params: [...params] };
  };
  const takesSeveral = has<Http>(channel, "_getConnection");
  const send = async (payload: JsonRpcPayload | JsonRpcPayload[]): Promise<unknown[]> => {
    // Where somebody has a way of his own to post, it is his.
    if (!takesSeveral || ownerOf(channel, "_send") !== ownerOf(channel, "_getConnection"))
      return channel._send(payload);
    return post(channel._getConnection(), payload);
  };
  const read = (payload: JsonRpcPayload, answer: unknown): unknown => {
    const { id, result, error } = (answer ?? {}) as { id?: unknown; result?: unknown; error?: unknown };
    const isError = typeof error === "object" && error !== null;
    // What could not even be read as a request is refused without its id.
    if (isError && (id === payload.id || (id ?? null) === null))
      throw channel.getRpcError(payload, { id: payload.id, error: error as JsonRpcError["error"] });
    if (id === payload.id && result !== undefined) return result;
    throw new UnreadableAnswerError(new TypeError("The node answered something else than was asked."));
  };
  const request = async (method: string, params: readonly unknown[]): Promise<unknown> => {
    const payload = payloadOf([method, params]);
    const [answer] = await send(payload);
    return read(payload, answer);
  };
  const together = async (questions: readonly Question[]): Promise<unknown[] | undefined> => {
    const payloads = questions.map(payloadOf);
    const answers = new Map((await send(payloads)).map((answer) => [(answer as JsonRpcResult | null)?.id, answer]));
    if (payloads.some(({ id }) => !answers.has(id))) return undefined;
    return payloads.map((payload) => read(payload, answers.get(payload.id)));
  };
  return takesSeveral ? Object.assign(request, { together }) : request;
}

function protocolOf(url: string): string {
  try {
    return new URL(url).protocol;
  } catch (cause) {
    throw new InvalidRunnerError("The text is not a URL.", cause);
  }
}
