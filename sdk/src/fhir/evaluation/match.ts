/** Whether something is what a rule means: no, nobody can tell, yes. */
export type Match = 0 | 1 | 2;

export const NO: Match = 0;
/** Then a permit does not hold, and a deny does. */
export const MAYBE: Match = 1;
export const YES: Match = 2;

/** All of two. */
export function both(one: Match, other: Match): Match {
  return one < other ? one : other;
}

/** One of two. */
export function either(one: Match, other: Match): Match {
  return one > other ? one : other;
}
