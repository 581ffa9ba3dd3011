/** As much of an id as a log tells: enough to find what belongs together. */
export function shortOf(id: string): string {
  return id.slice(0, 10);
}
