import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";

/** A file that the page handed over. */
export interface Saved {
  name: string;
  text: string;
}

/** Does something, and returns the file that comes of it. */
export async function savedBy(page: Page, action: () => Promise<void>): Promise<Saved> {
  const [download] = await Promise.all([page.waitForEvent("download"), action()]);
  return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
}

/** The rows of a table after RFC 4180, by the names of its columns. */
export function rowsOf(csv: string): Record<string, string>[] {
  const lines: string[][] = [[]];
  const cells = /"((?:[^"]|"")*)"(,|\r\n)/gy;
  while (cells.lastIndex < csv.length) {
    const at = cells.lastIndex;
    const found = cells.exec(csv);
    if (found === null) throw new Error(`No cell after RFC 4180: ${csv.slice(at, at + 50)}`);
    lines.at(-1)!.push(found[1]!.replaceAll('""', '"'));
    if (found[2] === "\r\n") lines.push([]);
  }
  const [columns = [], ...rows] = lines.slice(0, -1);
  return rows.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]!])));
}
