import { ZeroHash } from "ethers";
import type { Context } from "../context.js";
import type { LogFilter, RawLog } from "../transport/types.js";
import { decodeLogs, type EventPosition, topicsOf } from "../writes/events.js";
import { type Emergency, timed } from "./events.js";
import { anyOf } from "./topics.js";
import { type ReviewVerdict, verdictOf } from "./verdicts.js";

/** A reviewer stated what came out when something was looked into. */
export interface Reviewed extends EventPosition {
  type: "Reviewed";
  /** What was reviewed. */
  subject: string;
  verdict: ReviewVerdict;
  /** Salted hash of the reviewer's note; undefined if there is none. */
  noteHash: string | undefined;
  /** The reviewer, or the `AccessManager` where the reviewer went through it. */
  by: string;
}

/** A review and its time. */
export interface Review extends Reviewed {
  /** The time of the block. */
  time: Date;
}

interface Args {
  subject: string;
  verdict: bigint;
  noteHash: string;
  by: string;
}

/** The reviews in some logs. */
export function reviewedIn({ audit, deployment }: Context, logs: readonly RawLog[]): Reviewed[] {
  const decoded = decodeLogs(audit.interface, deployment.contracts.AuditLog.address, logs);
  return decoded.flatMap(({ name, args, position }): Reviewed[] => {
    if (name !== "Reviewed") return [];
    const { subject, verdict, noteHash, by } = args as unknown as Args;
    const hash = noteHash === ZeroHash ? undefined : noteHash;
    return [{ type: name, ...position, subject, verdict: verdictOf(verdict), noteHash: hash, by }];
  });
}

/** The logs of the reviews of these emergencies. */
export function reviewFilter({ audit, deployment }: Context, emergencies: readonly Emergency[]): LogFilter {
  const { address } = deployment.contracts.AuditLog;
  const subjects = anyOf(emergencies.map(({ subject }) => subject));
  return { address, topics: [...topicsOf(audit.interface, ["Reviewed"]), subjects] };
}

/** Finds the reviews of an emergency in order, in logs that have their times. */
export function reviewsIn(context: Context, logs: readonly RawLog[]): (emergency: Emergency) => Review[] {
  const ofSubject = new Map<string, Review[]>();
  for (const review of timed(reviewedIn(context, logs), logs)) {
    const others = ofSubject.get(review.subject);
    if (others === undefined) ofSubject.set(review.subject, [review]);
    else others.push(review);
  }
  return ({ subject }) => ofSubject.get(subject) ?? [];
}
