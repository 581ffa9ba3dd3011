/**
 * A provider's request that the page was opened with. It stands behind the #, which no server sees, and is taken out of the
 * address at once, so that it is in no screenshot and no link that is copied. A browser may remember it all the same.
 */
const NAME = "consentry.request";
const listeners = new Set<() => void>();

/** Takes the request out of the address, now and whenever a link with another one is opened in the same tab. */
export function keepRequestOfLink(): void {
  takeFromAddress();
  window.addEventListener("hashchange", takeFromAddress);
}

function takeFromAddress(): void {
  if (!location.hash.startsWith("#request=")) return;
  const { href } = location;
  history.replaceState(null, "", "#/grant");
  keepRequest(href);
}

/** Keeps a request that came another way, pasted or scanned. */
export function keepRequest(text: string): void {
  sessionStorage.setItem(NAME, text);
  for (const listener of listeners) listener();
}

/** The request, as a link or as its text; undefined if there is none. */
export function keptRequest(): string | undefined {
  return sessionStorage.getItem(NAME) ?? undefined;
}

/** Forgets the request: it was answered, or is not wanted. */
export function forgetRequest(): void {
  sessionStorage.removeItem(NAME);
  for (const listener of listeners) listener();
}

/** Calls the listener whenever there is another request, or none any more; returns how to stop. */
export function onRequest(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
