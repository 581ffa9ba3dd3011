/** What a {@link ConsentryError} is made of besides its short message. */
export interface ConsentryErrorOptions {
  /** Stable name of the kind of error, as listed in docs/errors.md. */
  code: string;
  /** What exactly was seen, in one line. */
  details?: string | undefined;
  /** What to do about it. */
  hint?: string | undefined;
  /** What made it fail. */
  cause?: unknown;
}

/**
 * The root of every error that this package throws.
 *
 * `message` holds all lines for a log; `shortMessage`, `details`, `hint` and `docs` are its parts for a user interface.
 *
 * @example
 * import { ConsentryError } from "@consentry/sdk";
 *
 * try {
 *   await consentry.consents.grant(terms);
 * } catch (error) {
 *   if (error instanceof ConsentryError) console.log(error.code, error.shortMessage, error.hint);
 * }
 */
export class ConsentryError extends Error {
  override readonly name: string = "ConsentryError";
  /** Stable name of the kind of error. */
  readonly code: string;
  /** One sentence without line breaks. */
  readonly shortMessage: string;
  readonly details: string | undefined;
  readonly hint: string | undefined;
  /** Where the error is explained: a path in the repository. */
  readonly docs: string;

  /**
   * @param shortMessage one sentence
   * @param options code, details, hint and cause
   */
  constructor(shortMessage: string, options: ConsentryErrorOptions) {
    const { code, details, hint, cause } = options;
    const docs = `docs/errors.md#${code.toLowerCase()}`;
    super(fullMessage(shortMessage, details, hint, docs), cause === undefined ? undefined : { cause });
    this.code = code;
    this.shortMessage = shortMessage;
    this.details = details;
    this.hint = hint;
    this.docs = docs;
  }

  /**
   * Walks from this error down the chain of causes.
   *
   * @param predicate what to look for
   * @returns the first error that matches, undefined if none does; without a predicate the deepest cause
   */
  walk(): unknown;
  walk<T>(predicate: (error: unknown) => error is T): T | undefined;
  walk(predicate: (error: unknown) => boolean): unknown;
  walk(predicate?: (error: unknown) => boolean): unknown {
    const chain = chainOf(this);
    return predicate === undefined ? chain.at(-1) : chain.find(predicate);
  }
}

function fullMessage(
  shortMessage: string,
  details: string | undefined,
  hint: string | undefined,
  docs: string,
): string {
  const lines = [shortMessage];
  if (details !== undefined) lines.push(`Details: ${details}`);
  if (hint !== undefined) lines.push(`Hint: ${hint}`);
  lines.push(`Docs: ${docs}`);
  return lines.join("\n");
}

function chainOf(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let next = error; next !== undefined && next !== null && !chain.includes(next); next = causeOf(next)) {
    chain.push(next);
  }
  return chain;
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}
