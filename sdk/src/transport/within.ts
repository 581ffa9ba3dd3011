import { TimeoutError } from "../errors/chain.js";

/** The result of an action, or a {@link TimeoutError} if it takes longer; the signal tells it that nobody waits any more. */
export async function within<Result>(
  milliseconds: number,
  action: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const late = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new TimeoutError();
      late.abort(error);
      reject(error);
    }, milliseconds);
  });
  try {
    return await Promise.race([action(late.signal), end]);
  } finally {
    clearTimeout(timer);
  }
}
