import { toBeArray, toTwos } from "ethers";
import { addText } from "./forms.js";
import type { Search } from "./search.js";

const DAY = /^(\d{4})-(\d{2})-(\d{2})/;

/**
 * Looks for a date as a number: unix seconds and milliseconds in a word, milliseconds also packed into six bytes. Of a date
 * that tells who somebody is, as a date of birth, seconds too are looked for in six bytes, and so in eight, and the day
 * as decimal digits: in words, and in texts as people write it.
 *
 * A number below 2^24 is not looked for: lengths, offsets and codes are such numbers.
 */
export function addDate(search: Search, text: string, isPersonal: boolean): void {
  const [, year, month, day] = DAY.exec(text) ?? [];
  const time = Date.parse(text);
  if (year === undefined || month === undefined || day === undefined || Number.isNaN(time)) return;
  for (const each of new Set([time, Date.parse(`${year}-${month}-${day}`)])) {
    addTime(search, BigInt(each), text, isPersonal);
  }
  if (!isPersonal) return;
  const digits = `${year}${month}${day}`;
  for (const written of writtenOf(year, month, day)) addText(search, written);
  for (const number of [BigInt(digits), BigInt(`0x${digits}`), BigInt(`${day}${month}${year}`)]) {
    search.word(wordOf(number), `${text} as the number ${number}`);
  }
}

function addTime(search: Search, milliseconds: bigint, text: string, isPersonal: boolean): void {
  const seconds = milliseconds / 1000n;
  for (const number of [seconds, milliseconds]) {
    if (abs(number) >= 1n << 24n) search.word(wordOf(number), `${text} as the number ${number}`);
  }
  const packed = isPersonal ? [milliseconds, seconds] : [milliseconds];
  for (const number of packed) {
    if (abs(number) < 1n << 24n) continue;
    search.piece(wordOf(number).subarray(-6), `${text} as the number ${number} in six bytes`);
  }
}

function writtenOf(year: string, month: string, day: string): string[] {
  const orders = [
    [year, month, day],
    [day, month, year],
    [month, day, year],
  ];
  const plain = orders.map((each) => each.map((part) => String(Number(part))));
  return [...orders, ...plain].flatMap((each) => ["", "-", "/", "."].map((between) => each.join(between)));
}

function wordOf(number: bigint): Buffer {
  const bytes = toBeArray(toTwos(number, 256));
  return Buffer.concat([Buffer.alloc(32 - bytes.length), bytes]);
}

function abs(number: bigint): bigint {
  return number < 0n ? -number : number;
}
