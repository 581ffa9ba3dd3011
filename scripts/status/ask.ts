/** Asks a node, and waits no longer than it may take. */

/** One question in JSON-RPC. */
export type Ask = <Answer>(method: string, ...params: unknown[]) => Promise<Answer>;

/** The node's answer is that it will not answer this. */
export class Refusal extends Error {
  override readonly name = "Refusal";
}

interface Answer {
  result?: unknown;
  error?: { message?: string };
}

/** @param milliseconds for each answer */
export function askOf(url: string, milliseconds: number): Ask {
  const { href, headers } = withoutPassword(url);
  return async <Result>(method: string, ...params: unknown[]) => {
    const response = await fetch(href, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
      signal: AbortSignal.timeout(milliseconds),
    });
    const { result, error } = await answerIn(response);
    if (error !== undefined) throw new Refusal(`${method}: ${error.message ?? "refused"}`);
    return result as Result;
  };
}

/** Undefined if the node refuses the question. */
export async function ifAnswered<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

/** Besu refuses what is not on its list of methods with a status and an answer. */
async function answerIn(response: Response): Promise<Answer> {
  try {
    return (await response.json()) as Answer;
  } catch (error) {
    if (response.ok) throw error;
    throw new Error(`HTTP status ${response.status}`, { cause: error });
  }
}

/** Why there was no answer, in a few words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return "no answer in time";
  const { code } = (error.cause ?? {}) as { code?: unknown };
  return typeof code === "string" ? code : error.message.replace(/\s+/g, " ").trim();
}

/** fetch takes no URL with a password. */
function withoutPassword(text: string): { href: string; headers: Record<string, string> } {
  const url = new URL(text);
  const { username, password } = url;
  if (username === "") return { href: url.href, headers: {} };
  const secret = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  [url.username, url.password] = ["", ""];
  return { href: url.href, headers: { authorization: `Basic ${Buffer.from(secret).toString("base64")}` } };
}
