/** What a spreadsheet takes for a formula, https://owasp.org/www-community/attacks/CSV_Injection; also in full width. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** A cell after RFC 4180, which no spreadsheet computes. */
export function cell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

/** A line after RFC 4180. */
export function line(cells: readonly string[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}
