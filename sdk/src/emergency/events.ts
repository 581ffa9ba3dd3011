import { consentEvents, type GlassBroken } from "../consents/events.js";
import type { Context } from "../context.js";
import { toBlockNumber } from "../reads/options.js";
import type { LogFilter, RawLog } from "../transport/types.js";
import { toAddress, toParty } from "../values/address.js";
import { onlyKeys } from "../values/keys.js";
import { type EventPosition, topicsOf } from "../writes/events.js";
import { subjectOf } from "./subject.js";

/** Which emergencies: those that fit everything that is given; all of them if nothing is. */
export interface EmergencyFilter {
  patient?: string | undefined;
  /** The provider to which it was opened. */
  grantee?: string | undefined;
  /** The number of the first block. */
  fromBlock?: number | undefined;
}

/** A provider broke the glass: once for each time that it did, also where it was broken already. */
export interface Emergency extends GlassBroken {
  /** Names it in a review. */
  subject: string;
  /** The time of the block. `statedAt` is earlier where the glass was broken already. */
  time: Date;
  /** The end of the window: exclusive. */
  until: Date;
}

/** The logs of the emergencies that fit; throws for what is misspelt or no address. */
export function emergencyFilter({ consents, deployment }: Context, params: EmergencyFilter): LogFilter {
  onlyKeys(params, ["patient", "grantee", "fromBlock"]);
  const { patient, grantee, fromBlock } = params;
  if (fromBlock !== undefined) toBlockNumber(fromBlock, "fromBlock");
  const parties = [
    patient === undefined ? undefined : toAddress(patient, "patient"),
    grantee === undefined ? undefined : toParty(grantee, "grantee"),
  ];
  const { address } = deployment.contracts.ConsentRegistry;
  return { address, topics: topicsOf(consents.interface, ["GlassBroken"], ...parties) };
}

/** The emergencies in some logs that have their times. */
export function emergenciesIn(context: Context, logs: readonly RawLog[]): Emergency[] {
  const broken = consentEvents(context, logs).filter((event) => event.type === "GlassBroken");
  return timed(broken, logs).map((event) => {
    return { ...event, subject: subjectOf(event), until: new Date(event.terms.until) };
  });
}

/** Events with the times of the logs that they were read from. */
export function timed<Event extends EventPosition>(
  events: readonly Event[],
  logs: readonly RawLog[],
): (Event & { time: Date })[] {
  const times = new Map(logs.map(({ blockHash, blockTimestamp }) => [blockHash, blockTimestamp]));
  return events.map((event) => ({ ...event, time: new Date((times.get(event.blockHash) ?? NaN) * 1000) }));
}
