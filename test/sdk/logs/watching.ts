import type { EventPosition, Watch, Watched } from "@consentry/sdk";
import { expect } from "chai";

/** An event without what only the watch says of it. */
type Standing<Event> = Omit<Watched<Event>, "removed">;

/** Somebody who watches in the background, and keeps the books. */
export interface Watcher<Event> {
  /** All that was told, in order. */
  told: Watched<Event>[];
  /** What stands after all that was taken back. */
  standing: () => Standing<Event>[];
  /** Once so many were told. */
  until: (count: number) => Promise<void>;
  /** Once it has ended: how. */
  ended: Promise<unknown>;
}

/** Begins to watch. Whatever is taken back must be the last that stands; whatever is told, behind it. */
export function watching<Event extends EventPosition>(watch: Watch<Event>): Watcher<Event> {
  const told: Watched<Event>[] = [];
  const stack: Standing<Event>[] = [];
  const run = async () => {
    for await (const { removed, ...event } of watch) {
      if (removed) expect(stack.pop(), "only the last can be taken back").to.deep.equal(event);
      else stack.push(event);
      told.push({ ...event, removed } as unknown as Watched<Event>);
    }
    return "ended";
  };
  const ended = run().catch((error: unknown) => error);
  const until = async (count: number) => {
    while (told.length < count) {
      const ending = await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 5))]);
      if (ending !== undefined && told.length < count) throw new Error("The watch ended.", { cause: ending });
    }
  };
  return { told, standing: () => stack, until, ended };
}

/** Signals that end with the test, failed or not: a watch would keep the process alive. */
export function endingSignals(): () => AbortSignal {
  const controllers: AbortController[] = [];
  afterEach(() => {
    for (const controller of controllers.splice(0)) controller.abort();
  });
  return () => {
    const controller = new AbortController();
    controllers.push(controller);
    return controller.signal;
  };
}
