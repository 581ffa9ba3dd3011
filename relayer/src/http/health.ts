import type { FastifyInstance } from "fastify";
import type { Delivering } from "../delivery/delivering.js";
import { requireReady } from "../delivery/ready.js";

/** `GET /health` tells that the process answers, `GET /ready` that what is accepted now would be delivered. */
export function addHealth(app: FastifyInstance, delivering: Delivering): void {
  app.get("/health", () => ({ status: "ok" }));
  app.get("/ready", async () => {
    await requireReady(delivering);
    return { status: "ready" };
  });
}
