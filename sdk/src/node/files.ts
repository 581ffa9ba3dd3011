import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { hexlify, randomBytes } from "ethers";

/** How the name of a file ends that is not complete; a crash may leave it. */
export const TEMPORARY = ".new";

const OWNER_ONLY = { directory: 0o700, file: 0o600 } as const;

/** How a platform says that it does not open or sync folders. */
const NO_FOLDER_SYNC = ["EACCES", "EBADF", "EINVAL", "EISDIR", "ENOSYS", "ENOTSUP", "EPERM"];

/** Puts a file, given in parts, in the place of what is there; all or nothing, and on the disk when it resolves. */
export async function replaceFile(folder: string, name: string, parts: readonly Uint8Array[]): Promise<void> {
  await makeFolder(folder);
  const path = join(folder, name);
  const temporary = `${path}.${hexlify(randomBytes(8))}${TEMPORARY}`;
  try {
    await writeNew(temporary, parts);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(folder);
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

async function writeNew(path: string, parts: readonly Uint8Array[]): Promise<void> {
  const file = await open(path, "wx", OWNER_ONLY.file);
  try {
    await file.writeFile(parts);
    await file.sync();
  } finally {
    await file.close();
  }
}
