import type { RelayOptions } from "@consentry/sdk";
import type { FastifyBaseLogger } from "fastify";
import type { Gas } from "../queue/gas.js";
import type { Outbox } from "../queue/outbox.js";
import type { Queue } from "../queue/queue.js";
import type { Line } from "./line.js";
import type { Payer } from "./payer.js";

/** What delivering needs. */
export interface Delivering {
  line: Line;
  payer: Payer;
  queue: Queue;
  outbox: Outbox;
  gas: Gas;
  log: FastifyBaseLogger;
  options: RelayOptions;
}
