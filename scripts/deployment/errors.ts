/** A failure that whoever runs a command can put right: one sentence that says how. */
export class OperatorError extends Error {
  override readonly name = "OperatorError";
}

const REASONS: readonly [code: RegExp, sentence: string][] = [
  [/^HHE7:.*"RPC_URL"/s, "RPC_URL is not set: give the node's address in .env (see .env.example)."],
  [
    /^HHE7:.*"DEPLOYER_KEY"/s,
    "DEPLOYER_KEY is not set: put the deployer's private key into Hardhat's keystore (`npx hardhat keystore set DEPLOYER_KEY`) or into .env.",
  ],
  [
    /Field\.fromBytes|private key|hex string|scalar/i,
    "DEPLOYER_KEY is not a private key: it must be 0x and 64 hexadecimal digits.",
  ],
  [
    /insufficient funds|enough funds/i,
    "The deployer cannot pay for gas: send it some of the chain's currency and run the command again.",
  ],
  [
    /^HHE10411:/,
    "Something else was sent from the deployer's account since this deployment began, so it can't be continued: begin anew with a new account and another NETWORK_NAME.",
  ],
  [
    /InvalidEmergencySettings\(/,
    "EMERGENCY_WINDOW is longer than the 7 days that the contract takes: correct it in .env.",
  ],
  [/^HHE708:/, "The node is on another chain than CHAIN_ID says: correct CHAIN_ID or RPC_URL in .env."],
];

/** What to tell about an error, in one line. */
export function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof OperatorError) return message;
  const known = REASONS.find(([pattern]) => pattern.test(message));
  return known?.[1] ?? message.replace(/\s+/g, " ").trim();
}

/** Runs a command; if it fails, prints why in one line and ends with exit code 1. */
export async function runCommand(command: () => Promise<void> | void): Promise<void> {
  try {
    await command();
  } catch (error) {
    if (process.env.DEBUG === undefined) console.error(sentenceOf(error));
    else console.error(error);
    process.exitCode = 1;
  }
}
