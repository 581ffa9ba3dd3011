import { ConsentryError } from "./base.js";

const SHOWN_LENGTH = 80;
/** Longer than an address, so it may be a private key or a salt; nor do these belong into a log as digits of a number. */
const LONG_HEX = /0x[0-9a-f]{41,}|[0-9a-f]{43,}/gi;
const SHOWN_HEX = 10;

/** What the caller wrote, shortened, for a message; of what may be a secret only the beginning. */
export function shown(value: unknown): string {
  const text = textOf(value).replace(LONG_HEX, (digits) => `${digits.slice(0, SHOWN_HEX)}…`);
  return text.length <= SHOWN_LENGTH ? text : `${text.slice(0, SHOWN_LENGTH)}...`;
}

function textOf(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  if (value === undefined || typeof value === "number" || value instanceof Date) return String(value);
  if (ArrayBuffer.isView(value)) return Object.prototype.toString.call(value);
  if (typeof value === "function" || typeof value === "symbol") return typeof value;
  try {
    return JSON.stringify(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

/** A parameter that makes no sense, alone or beside another. */
export class InvalidParameterError extends ConsentryError {
  override readonly name = "InvalidParameterError";
  /** As in `categories` or `grants[1].purposes`. */
  readonly parameter: string;

  constructor(parameter: string, expected: string, hint?: string) {
    super(`${parameter} must be ${expected}.`, { code: "InvalidParameter", hint });
    this.parameter = parameter;
  }
}

/** What should be an address is none. */
export class InvalidAddressError extends ConsentryError {
  override readonly name = "InvalidAddressError";
  readonly parameter: string;
  /** What the caller wrote, shortened. */
  readonly input: string;

  constructor(parameter: string, input: unknown, hint = "An address is 0x and 40 hexadecimal digits, and not zero.") {
    super(`${parameter} is not an address: ${shown(input)}.`, { code: "InvalidAddress", hint });
    this.parameter = parameter;
    this.input = shown(input);
  }
}

/** What should be a time is none, or can be understood in two ways. */
export class InvalidDateError extends ConsentryError {
  override readonly name = "InvalidDateError";
  readonly parameter: string;
  /** What the caller wrote, shortened. */
  readonly input: string;

  constructor(parameter: string, input: unknown, hint: string) {
    super(`${parameter} is not a time: ${shown(input)}.`, { code: "InvalidDate", hint });
    this.parameter = parameter;
    this.input = shown(input);
  }
}
