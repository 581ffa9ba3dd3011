/** How many samples of each. */
const SAMPLES = 30;

/** The median times of two ways to do the same, in milliseconds, each sample of one right after one of the other. */
export async function interleaved(
  ours: () => Promise<unknown>,
  theirs: () => Promise<unknown>,
  samples = SAMPLES,
): Promise<{ ours: number; theirs: number }> {
  const times = { ours: [] as number[], theirs: [] as number[] };
  await ours();
  await theirs();
  for (let i = 0; i < samples; i++) {
    // Whoever comes first in one sample comes second in the next.
    if (i % 2 === 0) times.ours.push(await timed(ours));
    times.theirs.push(await timed(theirs));
    if (i % 2 === 1) times.ours.push(await timed(ours));
  }
  return { ours: median(times.ours), theirs: median(times.theirs) };
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await action();
  return performance.now() - begun;
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
