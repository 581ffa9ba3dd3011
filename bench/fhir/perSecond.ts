/** Many short rounds: what is prepared for a long one would keep the garbage collector busy. */
const ROUNDS = 101;
const WARM_UP = 10;

/**
 * How many things are done in a second: the median of some rounds, after some to warm up.
 *
 * @param prepare makes what a round needs, and is not measured
 * @param act does them all, and tells how many there were
 */
export function perSecond<Given>(prepare: () => Given, act: (given: Given) => number): number {
  const rates: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const given = prepare();
    const begun = performance.now();
    const count = act(given);
    const seconds = (performance.now() - begun) / 1_000;
    if (round >= WARM_UP) rates.push(count / seconds);
  }
  return rates.sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? NaN;
}
