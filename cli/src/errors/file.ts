import { ConsentryError } from "@consentry/sdk";

/** A file that was named on the command line can't be read or written, or is not what it should be. */
export class FileError extends ConsentryError {
  override readonly name = "FileError";
  readonly path: string;

  constructor(path: string, expected: string, cause?: unknown) {
    super(`${path} can't be used as ${expected}.`, {
      code: "File",
      details: cause instanceof Error ? cause.message.split("\n", 1)[0] : undefined,
      hint: "Check the path, the rights of the file, and what is in it.",
      cause,
    });
    this.path = path;
  }
}
