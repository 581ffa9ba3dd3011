/** Links between pages that lead nowhere. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { slug } from "./render.js";

/** Each as `page -> target`, of pages by their names in a folder, to each other and to files around them. */
export function deadLinks(files: ReadonlyMap<string, string>, folder: string): string[] {
  const read = (name: string) => {
    const path = join(folder, name);
    return files.get(name) ?? (existsSync(path) ? readFileSync(path, "utf8") : undefined);
  };
  return [...files].flatMap(([name, text]) => {
    const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = ""]) => target);
    return targets.filter((target) => !leads(target, name, read)).map((target) => `${name} -> ${target}`);
  });
}

function leads(target: string, from: string, read: (name: string) => string | undefined): boolean {
  const [path = "", anchor] = target.split("#");
  const text = read(path === "" ? from : path);
  if (text === undefined || anchor === undefined) return text !== undefined;
  return [...text.matchAll(/^#+ (.*)$/gm)].some(([, heading = ""]) => slug(heading) === anchor);
}
