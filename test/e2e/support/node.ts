/** A chain behind HTTP, and a gate in front of it that can stop a client at any request. */
import { type Server, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import hre from "hardhat";
import type { JsonRpcServer } from "hardhat/types/network";

export interface Node {
  url: string;
  /** Asks the node directly. */
  ask<T>(method: string, ...params: unknown[]): Promise<T>;
  close(): Promise<void>;
}

/** Starts a node on a free port. */
export async function startNode(override: { chainId?: number } = {}): Promise<Node> {
  const server: JsonRpcServer = await hre.network.createServer({ network: "node", override }, "127.0.0.1", 0);
  const { port } = await server.listen();
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    ask: async <T>(method: string, ...params: unknown[]) => {
      const text = await forward(url, JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }));
      const { result, error } = JSON.parse(text) as { result?: T; error?: { message: string } };
      if (error !== undefined) throw new Error(error.message);
      return result as T;
    },
    close: () => server.close(),
  };
}

/** Sees every request: what it does before `pass` happens before the node has it, what it does after, before the answer. */
export type Watcher = (method: string, pass: () => Promise<void>) => Promise<void>;

export interface Gate {
  url: string;
  close(): Promise<void>;
}

/** Puts a gate in front of a node. */
export async function openGate(node: Node, watcher: Watcher): Promise<Gate> {
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      const { method } = JSON.parse(body) as { method: string };
      let answer = "";
      const pass = async () => {
        answer = await forward(node.url, body);
      };
      void watcher(method, pass).then(() => response.setHeader("content-type", "application/json").end(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => closed(server) };
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

async function forward(url: string, body: string): Promise<string> {
  const response = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body });
  return response.text();
}
