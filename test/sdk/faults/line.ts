import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { text } from "node:stream/consumers";
import { expect } from "chai";

/** A question on its way to the node. */
export interface Exchange {
  /** The methods that are asked for: one, or those of a batch. */
  methods: string[];
  /** The ids of the questions. */
  ids: unknown[];
  /** What the node answers; it has done then what it was asked for. */
  ask: () => Promise<string>;
  /** Answers in place of the node. */
  reply: (body: string | Uint8Array, status?: number, headers?: Record<string, string>) => void;
  /** Closes the connection, after so much of an answer. */
  drop: (beginning?: string) => void;
}

/** What goes wrong; what it does not answer stays without an answer. */
export type Fault = (exchange: Exchange) => unknown;

/** A line to a node, on which everything can go wrong. */
export interface Line {
  url: string;
  /** The methods that were asked for, in order. */
  asked: string[];
  /** From now on this goes wrong; nothing, if left out. */
  fail: (fault?: Fault) => void;
  close: () => Promise<void>;
}

/** The node as it is. */
export const honest: Fault = async ({ ask, reply }) => {
  reply(await ask());
};

/** Only these methods go wrong. */
export function on(method: string, fault: Fault): Fault {
  return (exchange) => (exchange.methods.includes(method) ? fault : honest)(exchange);
}

/** So many questions go wrong, then none. */
export function times(count: number, fault: Fault): Fault {
  return (exchange) => (count-- > 0 ? fault : honest)(exchange);
}

/** So many questions are answered, then all go wrong. */
export function afterwards(count: number, fault: Fault): Fault {
  return (exchange) => (count-- > 0 ? honest : fault)(exchange);
}

/** Opens a line to the node that has this URL by then. */
export async function lineTo(target: () => string): Promise<Line> {
  const asked: string[] = [];
  let fault = honest;
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    void exchangeOf(target, request, response).then(
      async (exchange) => {
        asked.push(...exchange.methods);
        await fault(exchange);
      },
      () => request.socket.destroy(),
    );
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    fail: (next = honest) => (fault = next),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function exchangeOf(target: () => string, request: IncomingMessage, response: ServerResponse): Promise<Exchange> {
  const body = await text(request);
  const questions = [JSON.parse(body)].flat() as { method: string; id: unknown }[];
  return {
    methods: questions.map(({ method }) => method),
    ids: questions.map(({ id }) => id),
    ask: async () => {
      const headers = { "content-type": "application/json" };
      return (await fetch(target(), { method: "POST", headers, body })).text();
    },
    reply(answer, status = 200, headers = {}) {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(answer);
    },
    drop(beginning) {
      if (beginning === undefined) return request.socket.destroy();
      response.writeHead(200, { "content-type": "application/json", "content-length": beginning.length + 10 });
      return response.write(beginning, () => request.socket.destroy());
    },
  };
}

/** In every test that follows: no promise is rejected without anybody who hears of it. */
export function expectNoUnhandledRejection(): void {
  const unhandled: unknown[] = [];
  const note = (reason: unknown): void => void unhandled.push(reason);
  before(() => process.prependListener("unhandledRejection", note));
  afterEach(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(unhandled.splice(0), "unhandled rejections").to.deep.equal([]);
  });
  after(() => process.removeListener("unhandledRejection", note));
}
