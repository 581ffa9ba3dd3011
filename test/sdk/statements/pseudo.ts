import { statementTexts, type StatementTexts } from "@consentry/sdk";

/** A language that nobody speaks: English between brackets. */
export const pseudo: StatementTexts = { ...bracketed(statementTexts.en), id: "qps/7" };

function bracketed<Value>(value: Value): Value {
  if (typeof value === "string") return `⟦${value}⟧` as Value;
  const entries = Object.entries(value as object).map(([key, each]: [string, unknown]) => [key, bracketed(each)]);
  return Object.fromEntries(entries) as Value;
}
