/** Lets whatever else waits in this thread run first: a page stays alive, and a server answers. */
export function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
