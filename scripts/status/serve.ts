/** Serves metrics to a Prometheus on this machine. */
import { once } from "node:events";
import { type Server, createServer } from "node:http";
import { exposition } from "./metrics.js";
import { type Attempt, attempt, statusOf } from "./status.js";
import type { Report, Settings } from "./types.js";

/** @returns a server that listens on loopback, and answers `/metrics` with the status of that moment */
export async function serve(settings: Settings, port: number): Promise<Server> {
  const make = remembering(attempt);
  const server = createServer((request, response) => {
    if (request.url !== "/metrics") return response.writeHead(404).end();
    void statusOf(settings, make).then(({ samples }) => {
      response.writeHead(200, { "content-type": "text/plain; version=0.0.4; charset=utf-8" }).end(exposition(samples));
    });
    return response;
  });
  await once(server.listen(port, "127.0.0.1"), "listening");
  return server;
}

interface Memory {
  report: Report;
  /** When it must be made again, in milliseconds. */
  until: number;
  isMaking: boolean;
}

/** Nobody waits for a check whose report holds: it is made beside, and until it is made the last one is told. */
function remembering(make: Attempt): Attempt {
  const memories = new Map<string, Memory>();
  return async (check, look) => {
    if (check.holds === 0) return make(check, look);
    const known = memories.get(check.name);
    const memory = known ?? { report: { facts: [], findings: [], samples: [] }, until: 0, isMaking: false };
    memories.set(check.name, memory);
    if (memory.until > Date.now() || memory.isMaking) return memory.report;
    memory.isMaking = true;
    void make(check, look).then((report) => {
      Object.assign(memory, { report, until: Date.now() + check.holds * 1000, isMaking: false });
    });
    return memory.report;
  };
}
