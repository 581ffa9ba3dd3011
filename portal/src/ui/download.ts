/** Hands a file over to the browser; its name must name nobody. */
export function download(parts: readonly string[], name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([...parts], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** The reader's day, for the name of a file. */
export function today(): string {
  return new Date().toLocaleDateString("sv");
}
