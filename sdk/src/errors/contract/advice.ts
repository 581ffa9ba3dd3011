/** What to do about bits that a contract does not know. */
export const OTHER_CODES =
  "The deployment defines other codes than this version of the package: use the version that fits it.";

/** What to do about a statement that can't be delivered any more. */
export const SIGN_AGAIN = "Make the statement anew and sign it again.";
