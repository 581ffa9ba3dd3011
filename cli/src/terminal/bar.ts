import { progress } from "@clack/prompts";

const INTERRUPTED = 130;

/** A progress bar on stderr. */
export interface Bar {
  /** So much is done. */
  to(done: number): void;
  /** Takes the bar away. */
  end(): void;
}

const NO_BAR: Bar = { to: () => undefined, end: () => undefined };

/** Shows how far some work has come, to whoever sits at a terminal. */
export function startBar(message: string, max: number): Bar {
  if (!process.stderr.isTTY) return NO_BAR;
  const bar = progress({ max, output: process.stderr, withGuide: false, onCancel: () => process.exit(INTERRUPTED) });
  // The library ends the process with 0 when Ctrl-C is pressed.
  const interrupted = () => (process.exitCode = INTERRUPTED);
  process.once("exit", interrupted);
  bar.start(message);
  let reached = 0;
  return {
    to: (done) => {
      bar.advance(done - reached);
      reached = done;
    },
    end: () => {
      process.off("exit", interrupted);
      bar.clear();
    },
  };
}
