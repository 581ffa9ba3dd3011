import { type SignedStatement } from "@consentry/sdk";

/** What became of a statement at the relayer. */
export interface DeliveryStatus {
  id: string;
  state: "queued" | "sent" | "done" | "failed";
  /** Why it failed. */
  error?: RelayerProblem;
}

/** Why the relayer did not take a statement, or could not deliver it. */
export interface RelayerProblem {
  code: string;
  message: string;
  hint?: string;
}

/** The relayer said no, or nothing that makes sense; `again` tells whether the same statement may be taken later. */
export class RelayerError extends Error {
  override readonly name = "RelayerError";
  readonly code: string;
  readonly hint: string | undefined;
  readonly again: boolean;
  /** When to ask again at the earliest, in milliseconds from now. */
  readonly wait: number;

  constructor({ code, message, hint }: RelayerProblem, again: boolean, cause?: unknown, wait = 0) {
    super(message, { cause });
    this.code = code;
    this.hint = hint;
    this.again = again;
    this.wait = wait;
  }
}

const PATIENCE = 15_000;
/** Of what a relayer says, no more is shown. */
const LONGEST_TEXT = 300;
const LONGEST_WAIT = 3_600;
/** The answers that are about the statement itself; all others may come from anything on the way. */
const FINAL = [400, 413, 422];
const STATES = ["queued", "sent", "done", "failed"] as const satisfies DeliveryStatus["state"][];

/** Hands a signed statement to the relayer. */
export async function deliver(relayerUrl: string, statement: SignedStatement): Promise<DeliveryStatus> {
  const init = {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(statement),
  };
  return statusIn(await asked(urlOf(relayerUrl), init));
}

/** Asks what became of a statement; undefined if the relayer does not know it, or no more. */
export async function statusOf(relayerUrl: string, id: string): Promise<DeliveryStatus | undefined> {
  const answer = await asked(`${urlOf(relayerUrl)}/${encodeURIComponent(id)}`, {});
  return answer.response.status === 404 ? undefined : statusIn(answer);
}

interface Answer {
  response: Response;
  body: unknown;
}

async function asked(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE) }).catch((cause: unknown) => {
    throw new RelayerError({ code: "RelayerGone", message: "The delivery service can't be reached." }, true, cause);
  });
  return { response, body: await response.json().catch(() => undefined) };
}

function urlOf(relayerUrl: string): string {
  return `${relayerUrl.replace(/\/+$/, "")}/statements`;
}

/** What the relayer says of a statement: nothing else of its answer is let in. */
function statusIn({ response, body }: Answer): DeliveryStatus {
  const { id, error, ...rest } = (body ?? {}) as Partial<Record<keyof DeliveryStatus, unknown>>;
  const state = STATES.find((each) => each === rest.state);
  if (response.ok && typeof id === "string" && state !== undefined)
    return { id, state, ...(state === "failed" && { error: problemIn(error) }) };
  const isFinal = FINAL.includes(response.status) && typeof (body as { code?: unknown } | null)?.code === "string";
  const seconds = Number(response.headers.get("retry-after") ?? 0);
  const wait = seconds > 0 ? Math.min(seconds, LONGEST_WAIT) * 1_000 : 0;
  throw new RelayerError(problemIn(body), !isFinal, undefined, wait);
}

function problemIn(body: unknown): RelayerProblem {
  const { code, message, hint } = (body ?? {}) as { [key in keyof RelayerProblem]?: unknown };
  if (typeof code !== "string" || typeof message !== "string")
    return { code: "RelayerFailed", message: "The delivery service answered something that makes no sense." };
  const parts = { code, message, ...(typeof hint === "string" && { hint }) };
  return Object.fromEntries(
    Object.entries(parts).map(([name, text]) => [name, text.slice(0, LONGEST_TEXT)]),
  ) as unknown as RelayerProblem;
}
