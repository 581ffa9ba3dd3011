import { NotConfirmedError } from "../errors/notConfirmed.js";

/** What every question is asked with. */
export interface Asking {
  output: NodeJS.WriteStream;
  withGuide: boolean;
  signal: AbortSignal;
}

/** Asks a question on stderr; throws {@link NotConfirmedError} if it is left unanswered. */
export async function ask<Answer extends string | boolean>(
  question: (asking: Asking) => Promise<Answer | symbol>,
): Promise<Answer> {
  const gone = new AbortController();
  const leave = () => gone.abort();
  process.stdin.ref().once("end", leave);
  try {
    const answer = await question({ output: process.stderr, withGuide: false, signal: gone.signal });
    if (typeof answer === "symbol") throw new NotConfirmedError();
    return answer;
  } finally {
    process.stdin.off("end", leave).unref();
  }
}
