/** How many samples of each. */
const SAMPLES = 30;

type Action = () => Promise<unknown>;

/**
 * The median times of two ways to do the same, in milliseconds, each sample of one right beside one of the other.
 *
 * @param before is done before each sample, and not measured
 */
export async function interleaved(
  ours: Action,
  theirs: Action,
  before?: Action,
): Promise<{ ours: number; theirs: number }> {
  const times = { ours: [] as number[], theirs: [] as number[] };
  const sample = async (into: number[], action: Action) => {
    await before?.();
    const begun = performance.now();
    await action();
    into.push(performance.now() - begun);
  };
  await ours();
  await theirs();
  for (let i = 0; i < SAMPLES; i++) {
    // Whoever comes first in one pair comes second in the next.
    if (i % 2 === 0) await sample(times.ours, ours);
    await sample(times.theirs, theirs);
    if (i % 2 === 1) await sample(times.ours, ours);
  }
  return { ours: median(times.ours), theirs: median(times.theirs) };
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return ((sorted[middle] ?? NaN) + (sorted.at(-1 - middle) ?? NaN)) / 2;
}
