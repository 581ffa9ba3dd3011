const URLS = /\b(https?|wss?):\/\/[^\s"'<>)]+/gi;
const SHORTEST = 4;
const secrets = new Set<string>();

/** From now on, errors are told without this. */
export function keepSecret(secret: string): void {
  const text = secret.trim().replace(/^0x/i, "");
  if (text.length >= SHORTEST) secrets.add(text);
}

/** A text without secrets, and without URLs, which may hold some. */
export function redacted(text: string): string {
  let safe = text.replaceAll(URLS, "$1://…");
  for (const secret of secrets) safe = safe.replaceAll(secret, "…");
  return safe;
}
