import type { FastifyInstance, FastifyServerOptions } from "fastify";

/** Where lines of JSON go. */
export interface LogStream {
  write: (line: string) => void;
}

/** A logger that tells of no request who sent it, and of no error what it says, where somebody may be named. */
export function loggerTo(stream: LogStream): NonNullable<FastifyServerOptions["logger"]> {
  const serializers = { req: () => ({}), res: () => ({}), err: traceOf };
  return { level: "info", base: null, stream, serializers };
}

/** Logs of each request what was asked for, as the route says, and how it ended. */
export function logReplies(app: FastifyInstance): void {
  app.addHook("onResponse", (request, reply, done) => {
    const route = request.routeOptions.url ?? "unknown";
    const milliseconds = Math.round(reply.elapsedTime);
    request.log.info({ method: request.method, route, status: reply.statusCode, milliseconds }, "answered");
    done();
  });
}

/** Where an error comes from, without its message. */
function traceOf(error: Error & { code?: unknown }): { type: string; message: string; stack: string } {
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return { type: error.name, message: typeof error.code === "string" ? error.code : "", stack: frames.join("\n") };
}
