import { Chain } from "./chain.js";
import { measureFloor } from "./floor.js";
import { barOf, type Figures, type Operation, OPERATION_NAMES } from "./operations.js";
import { measureOurs } from "./ours/index.js";
import { measurePeers } from "./peers/index.js";

/** Gas of one operation; what is absent has no counterpart, no bar, or is not there yet. */
export interface Row {
  gas?: number;
  bar?: number;
  floor?: number;
  peers: Record<string, number>;
}

export type Report = Record<Operation, Row>;

/** Measures everything on one fresh chain. Deterministic: accounts, keys, times, terms and ids are fixed. */
export async function measure(): Promise<Report> {
  const chain = await Chain.create();
  const ours = await measureOurs(chain);
  const floor = await measureFloor(chain);
  const peers = await measurePeers(chain);
  const rows = OPERATION_NAMES.map((operation) => [operation, rowOf(operation, ours, floor, peers)]);
  return Object.fromEntries(rows) as Report;
}

function rowOf(operation: Operation, ours: Figures, floor: Figures, peers: Record<string, Figures>): Row {
  const theirs = Object.entries(peers).flatMap(([name, figures]) => {
    const gas = figures[operation];
    return gas === undefined ? [] : [[name, gas]];
  });
  // JSON leaves out what is undefined.
  const row = { gas: ours[operation], bar: barOf(operation), floor: floor[operation] };
  return {
    ...(JSON.parse(JSON.stringify(row)) as Omit<Row, "peers">),
    peers: Object.fromEntries(theirs) as Row["peers"],
  };
}

/** The operations that cost more than their bar. */
export function overBar(report: Report): Operation[] {
  return OPERATION_NAMES.filter((operation) => {
    const { gas, bar } = report[operation];
    return gas !== undefined && bar !== undefined && gas > bar;
  });
}
