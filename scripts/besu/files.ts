/** Files that are made once and never written over. */
import { chmodSync, chownSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative } from "node:path";
import { OperatorError } from "../deployment/errors.js";
import { ROOT } from "../deployment/settings.js";

/** The text of each file, by its path below a folder. */
export type Files = Readonly<Record<string, string>>;

/** Whoever runs the containers: the one who makes the files; for root, the account of Besu's image. */
export const OWNER = process.getuid?.()
  ? { uid: process.getuid(), gid: process.getgid?.() ?? process.getuid() }
  : { uid: 1000, gid: 1000 };

const SECRET = /(^|\/)key$/;

/** Refuses a folder that git might see. */
export function requireOutside(folder: string): void {
  const path = relative(ROOT, folder);
  if (path.startsWith("..") || isAbsolute(path)) return;
  throw new OperatorError(`--out is inside the repository: ${folder}. Keys belong outside: name another folder.`);
}

/** Writes all files or, where one of them is there, none. Keys are for their owner alone. */
export function writeFiles(folder: string, files: Files, folders: readonly string[]): void {
  const present = Object.keys(files).find((path) => existsSync(join(folder, path)));
  if (present !== undefined) {
    throw new OperatorError(`${join(folder, present)} is there already and is not written over: choose another --out.`);
  }
  for (const path of folders) makeFolder(folder, path);
  for (const [path, text] of Object.entries(files)) {
    makeFolder(folder, dirname(path));
    writeFileSync(join(folder, path), text, { flag: "wx", mode: SECRET.test(path) ? 0o600 : 0o644 });
    own(join(folder, path));
  }
}

function makeFolder(folder: string, path: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const whole = join(folder, path);
  if (!existsSync(whole)) {
    makeFolder(folder, dirname(path));
    mkdirSync(whole);
    chmodSync(whole, 0o755);
  }
  own(whole);
}

function own(path: string): void {
  if (process.getuid?.() === 0) chownSync(path, OWNER.uid, OWNER.gid);
}
