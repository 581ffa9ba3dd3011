import { addDate } from "./dates.js";
import { addDigests, addSecret, addText } from "./forms.js";
import { Search } from "./search.js";

/** Elements of FHIR whose dates tell who somebody is. */
const PERSONAL_DATES = ["birthDate", "bornDate", "deceasedDateTime", "deceasedDate"];

interface HumanName {
  family?: string;
  given?: string[];
}

interface Identifier {
  system?: string;
  value?: string;
}

/** All that a story knows of its people and that the chain must not show. */
export class Secrets {
  readonly #texts = new Set<string>();
  readonly #documents = new Set<string>();
  readonly #dates = new Map<string, boolean>();
  readonly #salts = new Map<string, string>();

  /** A text, such as a reason or a sentence. */
  text(text: string): string {
    this.#texts.add(text);
    return text;
  }

  /** A document as it is hashed or kept: its bytes, its canonical form, and every text in it. */
  document<Document extends object>(document: Document): Document {
    for (const text of [JSON.stringify(document), JSON.stringify(document, null, 2), canonical(document)]) {
      this.#documents.add(text);
    }
    this.#walk(document, "");
    return document;
  }

  /** Bytes that nobody may learn. */
  salt(hex: string, what: string): string {
    this.#salts.set(hex, what);
    return hex;
  }

  /** What to look for, in every form. */
  search(): Search {
    const search = new Search();
    for (const text of this.#texts) addText(search, text);
    for (const text of this.#documents) addDigests(search, Buffer.from(text), `the document ${text.slice(0, 80)}...`);
    for (const [date, isPersonal] of this.#dates) addDate(search, date, isPersonal);
    for (const [hex, what] of this.#salts) addSecret(search, hex, what);
    return search;
  }

  #walk(value: unknown, key: string): void {
    if (typeof value === "string") this.#leaf(value, key);
    else if (Array.isArray(value)) for (const each of value) this.#walk(each, key);
    else if (typeof value === "object" && value !== null) {
      for (const text of [...namesIn(value), ...identifiersIn(value)]) this.#texts.add(text);
      for (const [name, each] of Object.entries(value)) this.#walk(each, name);
    }
  }

  #leaf(text: string, key: string): void {
    this.#texts.add(text);
    for (const id of idsIn(text)) this.#texts.add(id);
    if (/^\d{4}-\d{2}-\d{2}/.test(text)) this.#dates.set(text, PERSONAL_DATES.includes(key));
  }
}

/** A person's name in one, as people write it. */
function namesIn({ family, given }: HumanName): string[] {
  if (typeof family !== "string" || !Array.isArray(given)) return [];
  return [given.join(" "), given[0] ?? ""].flatMap((names) => [`${names} ${family}`, `${family}, ${names}`]);
}

/** An identifier with its system, as FHIR searches for it and as the directory hashes public ones; and its digits alone. */
function identifiersIn({ system, value }: Identifier): string[] {
  if (typeof system !== "string" || typeof value !== "string") return [];
  const digits = value.replaceAll(/\D/g, "");
  const joined = ["|", "#", "/", ":", ""].map((between) => `${system}${between}${value}`);
  return [...joined, ...(digits.length >= 6 ? [digits] : [])];
}

/** The id at the end of a reference or a URL. */
function idsIn(text: string): string[] {
  const [, id] = /^(?:urn:uuid:|.*\/)([\w.-]{6,})$/.exec(text) ?? [];
  return id === undefined ? [] : [id];
}

/** As RFC 8785 writes it. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, each]) => `${JSON.stringify(key)}:${canonical(each)}`).join()}}`;
}
