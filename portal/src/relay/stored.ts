import { parseStatement } from "@consentry/sdk";
import type { OutboxEntry } from "./outbox.js";

const STATES: readonly unknown[] = ["signed", "queued", "done", "refused"] satisfies OutboxEntry["state"][];

/** The entries in what the browser kept: whatever else is there, as of another version of the page, is left out. */
export function entriesIn(value: unknown): OutboxEntry[] {
  return Array.isArray(value) ? (value as unknown[]).filter(isEntry) : [];
}

function isEntry(value: unknown): value is OutboxEntry {
  const { id, patient, type, statement, signedAt, state, ...rest } = (value ?? {}) as Record<string, unknown>;
  const { delivery, problem, series } = rest;
  const areTexts = [id, patient, type].every((each) => typeof each === "string");
  const isMoment = typeof signedAt === "number" && !Number.isNaN(new Date(signedAt).getTime());
  const isDelivery = delivery === undefined || typeof delivery === "string";
  const areParts = isDelivery && isProblem(problem) && isSeries(series);
  return areTexts && isMoment && areParts && STATES.includes(state) && isOf(type, statement);
}

function isProblem(value: unknown): boolean {
  if (value === undefined) return true;
  const { code, message, hint } = (value ?? {}) as Record<string, unknown>;
  const isHint = hint === undefined || typeof hint === "string";
  return typeof code === "string" && typeof message === "string" && isHint;
}

function isSeries(value: unknown): boolean {
  if (value === undefined) return true;
  const { id, place, of } = (value ?? {}) as Record<string, unknown>;
  return typeof id === "string" && Number.isInteger(place) && Number.isInteger(of);
}

function isOf(type: unknown, statement: unknown): boolean {
  try {
    return parseStatement(statement).primaryType === type;
  } catch {
    return false;
  }
}
