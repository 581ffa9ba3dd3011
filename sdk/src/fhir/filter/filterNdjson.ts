import { MalformedLineError, MalformedResourceError } from "../../errors/fhir.js";
import { InvalidParameterError } from "../../errors/input.js";
import { objectAt } from "../elements.js";
import { typeAt } from "../labelsOf.js";
import { Cleaner } from "./clean.js";
import { type Line, linesOf, type Source } from "./lines.js";
import { NameBook, namesOf } from "./names.js";
import { type Permitted, toJudge } from "./permitted.js";
import { type Slot, SPEAK_OF_OTHERS } from "./types.js";

/** What may be released of an export; a line goes out if everything that is given lets it. */
export interface PermittedLines extends Pick<Permitted, "categories" | "permitted" | "conditional"> {
  /** Whether a resource may be released, asked line by line; nothing but `true` lets it. */
  readonly permits?: ((resource: object) => boolean | Promise<boolean>) | undefined;
}

/** How an export is read. */
export interface NdjsonOptions {
  /** The longest line, in bytes; 16 MiB if left out. */
  maxLineBytes?: number | undefined;
}

const MAX_LINE_BYTES = 16 * 1024 * 1024;

/**
 * What may be released of a bulk export (NDJSON: one FHIR resource per line), line by line as it comes; no more than one line
 * is held. Resources lose what {@link filterBundle} takes from them; of references to other lines where they point stays.
 *
 * A Bundle, a Composition, a MessageHeader and an OperationOutcome are withheld. The first line that is wrong ends it all.
 *
 * @param source bytes in UTF-8, as of a file or of the body that `fetch` gives
 * @returns lines with their line breaks
 * @throws MalformedLineError with the number of the line, while reading
 * @throws InvalidParameterError, UnknownCodeError about the parameters, at once
 * @example
 * import { filterNdjson } from "@consentry/sdk/fhir";
 *
 * for await (const line of filterNdjson(response.body, { categories: ["LABS"] })) output.write(line);
 */
export function filterNdjson(
  source: Source,
  permitted: PermittedLines,
  options: NdjsonOptions = {},
): AsyncGenerator<string, void, undefined> {
  const { permits } = permitted;
  if ("released" in permitted)
    throw new InvalidParameterError("released", "left out", "Lines are new: give `permits`.");
  const judge = toJudge({ ...permitted, permits: typeof permits === "function" ? () => true : permits });
  const maxBytes = options.maxLineBytes ?? MAX_LINE_BYTES;
  if (!Number.isSafeInteger(maxBytes) || maxBytes < 1) {
    throw new InvalidParameterError("maxLineBytes", "a whole number from 1");
  }
  return filtered(linesOf(source, maxBytes), async ({ resource }) => {
    return judge(resource, []) && (permits === undefined || ((await permits(resource)) as unknown) === true);
  });
}

async function* filtered(
  lines: AsyncIterable<Line>,
  mayGo: (slot: Slot) => Promise<boolean>,
): AsyncGenerator<string, void, undefined> {
  for await (const line of lines) {
    if (line.text.trim() === "") continue;
    const slot = located(line, () => slotOf(JSON.parse(line.text)));
    const released =
      UNJUDGED.includes(slot.type) || !(await mayGo(slot).catch(rethrown(line)))
        ? undefined
        : located(line, () => cleaned(slot));
    if (released !== undefined) yield `${JSON.stringify(released)}\n`;
  }
}

const UNJUDGED = [...SPEAK_OF_OTHERS, "Bundle"];

function slotOf(value: unknown): Slot {
  const resource = objectAt(value, "resource");
  const type = typeAt(resource, "resource");
  const names = namesOf(resource, type, type, "");
  return { resource, type, path: type, names, inherited: [], isIncluded: false, released: undefined };
}

function cleaned(slot: Slot): object | undefined {
  const book = new NameBook();
  book.add(slot);
  return new Cleaner(book).clean(slot.resource, slot.type, slot.path);
}

function located<Result>(line: Line, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    return rethrown(line)(error);
  }
}

/** What is wrong with a line gets its number; all else is thrown as it is. */
function rethrown({ number }: Line): (error: unknown) => never {
  return (error) => {
    if (error instanceof SyntaxError) throw new MalformedLineError(number, "JSON", error);
    if (!(error instanceof MalformedResourceError)) throw error;
    throw new MalformedLineError(number, "a FHIR resource", error);
  };
}
