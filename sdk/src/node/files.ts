import { type FileHandle, link, mkdir, open, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { hexlify, randomBytes } from "ethers";

/** How the name of a file ends that is not complete; a crash may leave it. */
export const TEMPORARY = ".new";

/** What is written: a text, or bytes piece by piece. */
export type FileContent = string | AsyncIterable<Uint8Array>;

/** Bytes that are read at once. */
const PIECE = 2 ** 18;
const OWNER_ONLY = { directory: 0o700, file: 0o600 } as const;

/** How a platform says that it does not open or sync folders. */
const NO_FOLDER_SYNC = ["EACCES", "EBADF", "EINVAL", "EISDIR", "ENOSYS", "ENOTSUP", "EPERM"];

/** Puts a file in the place of what is there; all or nothing, and on the disk when it resolves. */
export async function replaceFile(folder: string, name: string, content: FileContent): Promise<void> {
  await placeFile(folder, name, content, rename);
}

/** Puts a file where none is: false if one is there, also if it came meanwhile. On the disk when it resolves. */
export async function addFile(folder: string, name: string, content: FileContent): Promise<boolean> {
  try {
    await placeFile(folder, name, content, link);
    return true;
  } catch (error) {
    if (isFileError(error, "EEXIST")) return false;
    throw error;
  }
}

/** Reads a file piece by piece, each in a memory of its own; undefined if there is none. */
export async function openFile(path: string): Promise<AsyncGenerator<Uint8Array, void> | undefined> {
  const file = await ifThere(open(path, "r"));
  return file === undefined ? undefined : piecesOfFile(file);
}

/** What a file operation gives; undefined if there is no such file. */
export async function ifThere<Result>(operation: Promise<Result>): Promise<Result | undefined> {
  try {
    return await operation;
  } catch (error) {
    if (isFileError(error, "ENOENT")) return undefined;
    throw error;
  }
}

/** The names in a folder; none if there is no folder. */
export async function namesIn(folder: string): Promise<string[]> {
  return (await ifThere(readdir(folder))) ?? [];
}

/** Removes files of a folder, of those that are there, for good when it resolves. */
export async function removeFiles(folder: string, which: (name: string) => boolean): Promise<void> {
  const names = (await namesIn(folder)).filter(which);
  await Promise.all(names.map((name) => rm(join(folder, name), { force: true })));
  if (names.length > 0) await syncFolder(folder);
}

/** Puts the names in a folder on the disk, where the platform can. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const opened = await open(folder, "r");
    try {
      await opened.sync();
    } finally {
      await opened.close();
    }
  } catch (error) {
    if (!isFileError(error, ...NO_FOLDER_SYNC)) throw error;
  }
}

/** Whether it is an error of the file system with one of these codes. */
export function isFileError(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && "code" in error && codes.includes(String(error.code));
}

/** Makes a folder and those above it, and syncs wherever a name is new. */
async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true, mode: OWNER_ONLY.directory });
  if (first === undefined) return;
  for (let made = folder; made.length >= first.length; made = dirname(made)) await syncFolder(dirname(made));
}

async function placeFile(
  folder: string,
  name: string,
  content: FileContent,
  place: (from: string, to: string) => Promise<void>,
): Promise<void> {
  await makeFolder(folder);
  const path = join(folder, name);
  const temporary = `${path}.${hexlify(randomBytes(8))}${TEMPORARY}`;
  try {
    await writeNew(temporary, content);
    await place(temporary, path);
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(folder);
}

async function* piecesOfFile(file: FileHandle): AsyncGenerator<Uint8Array, void> {
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(new Uint8Array(PIECE), 0, PIECE);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function writeNew(path: string, content: FileContent): Promise<void> {
  const file = await open(path, "wx", OWNER_ONLY.file);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}
