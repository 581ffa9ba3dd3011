import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { problemAffectsResolutionKind } from "@arethetypeswrong/core/problems";
import type { ResolutionKind } from "@arethetypeswrong/core/types";
import { publint } from "publint";
import { formatMessage } from "publint/utils";

/** How the package can be imported: as ESM from Node, and by bundlers. It has nothing for `require` and Node 10. */
const WAYS: readonly ResolutionKind[] = ["node16-esm", "bundler"];

/** What publint says about a tarball, down to its suggestions. */
export async function lintProblems(tarball: Uint8Array): Promise<string[]> {
  const data = Uint8Array.from(tarball).buffer;
  const { messages, pkg } = await publint({ pack: { tarball: data }, strict: true });
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false }) ?? message.code}`);
}

/** Where TypeScript would find no types in a tarball, or those of something else. */
export async function typeProblems(tarball: Uint8Array): Promise<string[]> {
  const analysis = await checkPackage(createPackageFromTarballData(tarball));
  if (analysis.types === false) return ["the package has no types"];
  return analysis.problems
    .filter((problem) => WAYS.some((way) => problemAffectsResolutionKind(problem, way, analysis)))
    .map((problem) => `types: ${JSON.stringify(problem)}`);
}
