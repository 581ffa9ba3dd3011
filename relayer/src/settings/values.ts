import { isIP } from "node:net";
import { SettingError } from "../errors/operation.js";
import { setting } from "./setting.js";

type Name = `RELAYER_${string}`;

/** A text; throws {@link SettingError} if there is none. */
export function requiredText(name: Name, expected: string): string {
  const value = setting(name);
  if (value === undefined) throw new SettingError(name, expected);
  return value;
}

/** A whole number of this range; throws {@link SettingError}. */
export function numberOr(usual: number, name: Name, least: number, most: number): number {
  const value = setting(name);
  if (value === undefined) return usual;
  const number = /^\d{1,15}$/.test(value) ? Number(value) : NaN;
  if (number >= least && number <= most) return number;
  throw new SettingError(name, `a whole number from ${least} to ${most}`);
}

/** The origins of pages, which is neither a path nor everybody; throws {@link SettingError}. */
export function originsOf(name: Name): string[] {
  return listOf(
    name,
    (item) => URL.canParse(item) && new URL(item).origin === item,
    "origins such as https://portal.example, with commas between them",
  );
}

/** IP addresses and networks; throws {@link SettingError}. */
export function networksOf(name: Name): string[] {
  return listOf(name, isNetwork, "IP addresses or networks such as 10.0.0.0/8, with commas between them");
}

function isNetwork(text: string): boolean {
  const [address = "", bits = "0", ...more] = text.split("/");
  const version = isIP(address);
  return version !== 0 && more.length === 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
}

function listOf(name: Name, isItem: (item: string) => boolean, expected: string): string[] {
  const items = (setting(name) ?? "")
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
  if (!items.every(isItem)) throw new SettingError(name, expected);
  return items;
}
