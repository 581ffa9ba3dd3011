export { TestbedError } from "../errors/testing.js";
export type { Actor, ActorName, Actors } from "./actors.js";
export { createTestbed, type Testbed } from "./createTestbed.js";
