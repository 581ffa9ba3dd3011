/** From where on something is told; network/besu/rules/consentry.yml has the same. */
export const LIMITS = {
  /** Milliseconds that a node may take to say that it is there, and for any other answer. */
  patience: 1_000,
  answer: 10_000,
  /** Seconds that the newest block may be ahead of this machine's clock, and that it may be old. */
  ahead: 5,
  stalled: 30,
  /** Blocks that a node may be behind. */
  lag: 5,
  /** Blocks by which gas is judged, and the share of their gas from which on they are nearly, or quite, full. */
  recent: 20,
  busy: 0.8,
  full: 0.95,
  /** Turns that a validator may let pass. */
  turns: 5,
  /** Days before the end of an accreditation. */
  expiry: 30,
  /** Seconds over which break-glass and withdrawals are counted. */
  span: 3_600,
  /** Withdrawals whose delay is looked at: the newest. */
  withdrawals: 50,
  /** Blocks that a withdrawal may take, and seconds for the person who is asked to sign it. */
  blocks: 3,
  person: 60,
} as const;
