import type { BundleLink } from "fhir/r4.js";
import { arrayAt, type Json, objectAt } from "../elements.js";
import { type NameBook, spellings } from "./names.js";

/** Where other pages are; `last` would tell how many there are. */
const RELATIONS = ["self", "first", "prev", "previous", "next"];
const SEARCHED_TYPE = /([A-Z][A-Za-z]+)\/?\?/;

/** The links of a page that name nothing which is withheld. */
export function linksOf(bundle: Json, book: NameBook): BundleLink[] {
  return arrayAt(bundle["link"], "Bundle.link").flatMap((value, i) => {
    const { relation, url } = objectAt(value, `Bundle.link[${i}]`);
    if (typeof relation !== "string" || typeof url !== "string" || !RELATIONS.includes(relation)) return [];
    return tellsOfWithheld(url, book) ? [] : [{ relation, url }];
  });
}

function tellsOfWithheld(url: string, book: NameBook): boolean {
  try {
    const names = namesInUrl(decodeURIComponent(url.replaceAll("+", " ")));
    return names.some((name) => book.stateOf([name]) === "withheld");
  } catch {
    return true;
  }
}

function namesInUrl(url: string): string[] {
  const type = SEARCHED_TYPE.exec(url)?.[1] ?? "";
  const values = url.split(/[?&]/).flatMap((part) => {
    const [key, value] = [part.slice(0, part.indexOf("=")), part.slice(part.indexOf("=") + 1)];
    const each = value.split(",");
    return [...each, ...(key === "_id" ? each.map((id) => `${type}/${id}`) : [])];
  });
  const segments = url.match(/[A-Z][A-Za-z]+\/[A-Za-z0-9\-.]{1,64}/g) ?? [];
  return [...values, ...segments].flatMap(spellings);
}
