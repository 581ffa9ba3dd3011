import { ConsentryError } from "./base.js";
import { shown } from "./input.js";

/** Statements can't be written in this language. */
export class UnknownLocaleError extends ConsentryError {
  override readonly name = "UnknownLocaleError";
  /** What the caller wrote, shortened. */
  readonly input: string;
  /** What can be written. */
  readonly locales: readonly string[];

  constructor(input: unknown, locales: readonly string[]) {
    super(`There are no texts of statements in ${shown(input)}.`, {
      code: "UnknownLocale",
      hint: `Take one of ${locales.join(", ")}, or pass texts of your own.`,
    });
    this.input = shown(input);
    this.locales = locales;
  }
}

/** A statement was made of texts that are not known here, so that nobody can tell what it should say. */
export class UnknownStatementTextsError extends ConsentryError {
  override readonly name = "UnknownStatementTextsError";
  /** Language and version, as the statement names them. */
  readonly id: string;

  constructor(id: string) {
    super(`The statement is made of the texts ${id}, which are not known here.`, {
      code: "UnknownStatementTexts",
      hint: "Update the package, or pass the texts that it was made of. Take the statement as unproved until then.",
    });
    this.id = id;
  }
}

/** Texts that statements can't be made of without two of them saying the same. */
export class InvalidStatementTextsError extends ConsentryError {
  override readonly name = "InvalidStatementTextsError";
  /** As in `consent` or `purposes.TREAT`. */
  readonly path: string;

  constructor(path: string, expected: string) {
    super(`The text ${path} must be ${expected}.`, {
      code: "InvalidStatementTexts",
      hint: "Correct the texts that you passed: no two consents may read the same.",
    });
    this.path = path;
  }
}
