/** Everything went well; for `decide`: permitted. */
export const OK = 0;
/** Something failed: nothing is permitted, and nothing is known. */
export const FAILED = 1;
/** The command line makes no sense. */
export const MISUSED = 2;
/** It was decided, and refused. */
export const REFUSED = 3;

export type ExitCode = typeof OK | typeof FAILED | typeof MISUSED | typeof REFUSED;
