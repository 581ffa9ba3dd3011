import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

interface Question {
  id: number;
  method: string;
  params: [{ fromBlock: string; toBlock: string }];
}

/** A node in front of a node, which tells logs of two blocks at once and no more, and takes its time. */
export async function limited(node: string, delay = 0): Promise<{ url: string; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => void answer(node, body, delay).then((text) => response.end(text)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function answer(node: string, body: string, delay: number): Promise<string> {
  const asked = JSON.parse(body) as Question | Question[];
  const questions = Array.isArray(asked) ? asked : [asked];
  const excessive = questions.find(({ method, params: [range] }) => method === "eth_getLogs" && spanOf(range) > 2);
  if (questions.some(({ method }) => method === "eth_getLogs"))
    await new Promise((resolve) => setTimeout(resolve, delay));
  if (excessive !== undefined) {
    const error = { code: -32005, message: "query exceeds the range of 2 blocks" };
    const refusals = questions.map(({ id }) => ({ jsonrpc: "2.0", id, error }));
    return JSON.stringify(Array.isArray(asked) ? refusals : refusals[0]);
  }
  const headers = { "content-type": "application/json" };
  return (await fetch(node, { method: "POST", headers, body })).text();
}

function spanOf({ fromBlock, toBlock }: { fromBlock: string; toBlock: string }): number {
  return Number(toBlock) - Number(fromBlock) + 1;
}
