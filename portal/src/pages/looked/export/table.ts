import type { Disclosure } from "@consentry/sdk";
import type { StatementTexts } from "@consentry/sdk/texts";
import type { Texts } from "../../../texts/en/index.js";
import { line } from "./csv.js";
import { textsOf } from "./slices.js";

/** The disclosures as a table in the reader's words, in pieces. */
export async function tableOf(
  disclosures: readonly Disclosure[],
  { looked }: Texts,
  names: StatementTexts,
): Promise<string[]> {
  const { columns } = looked;
  const rows = await textsOf(disclosures, (entry) => {
    const { time, name, grantee, categories, purpose, action, breakGlass, record, transaction } = entry;
    const cells: Record<keyof typeof columns, string> = {
      time: time.toISOString(),
      name: name ?? "",
      address: grantee,
      data: categories.map((category) => names.categories[category]).join("; "),
      purpose: purpose === undefined ? "" : names.purposes[purpose],
      action: action === undefined ? "" : names.actions[action],
      emergency: breakGlass ? looked.yes : looked.no,
      record: record ?? "",
      transaction,
    };
    return line(keysOf(columns).map((column) => cells[column]));
  });
  // Spreadsheets take a file for UTF-8 if it begins with this.
  return ["\uFEFF", line(Object.values(columns)), ...rows];
}

function keysOf<T extends object>(value: T): (keyof T)[] {
  return Object.keys(value) as (keyof T)[];
}
