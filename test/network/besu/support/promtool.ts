/** Prometheus' own tool for its files; this machine need not have it. */
import { spawnSync } from "node:child_process";

const PROMTOOL = process.env.PROMTOOL ?? "promtool";

let isToldMissing = false;

/** Whether it is there; if not, says so once. */
export function hasPromtool(): boolean {
  if (spawnSync(PROMTOOL, ["--version"]).status === 0) return true;
  const hint = "it comes with Prometheus, or PROMTOOL is its path";
  if (!isToldMissing) console.log(`Left out: there is no promtool (${hint}).`);
  isToldMissing = true;
  return false;
}

/** Runs it; what it says is in `text`. */
export function promtool(...args: string[]): { status: number | null; text: string } {
  const { status, stdout, stderr } = spawnSync(PROMTOOL, args, { encoding: "utf8" });
  return { status, text: `${stdout}${stderr}` };
}
