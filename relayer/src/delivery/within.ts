import { NetworkError, TimeoutError } from "@consentry/sdk";

/**
 * What a node answers, in time.
 *
 * @throws NetworkError whatever goes wrong, TimeoutError if it takes longer
 */
export async function within<Answer>(milliseconds: number, answer: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimeoutError()), milliseconds);
  });
  try {
    const failing = answer.catch((cause: unknown) => Promise.reject(new NetworkError(cause)));
    return await Promise.race([failing, late]);
  } finally {
    clearTimeout(timer);
  }
}
