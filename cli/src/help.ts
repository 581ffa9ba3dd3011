/** The addresses of examples: accounts of a development chain. */
export const PATIENT = "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65";
export const MEMBER = "0xBcd4042DE499D14e55001CcbB24a551F3b954096";
export const ACCOUNT = "0x71bE63f3384f5fb98995898A86B02Fb2426c5788";
export const CLINIC = "0x976EA74026E726554dB657fA54763abd0C3a0aa9";

export const EXIT_CODES = `
Exit codes:
  0  all went well; of decide: permitted
  1  an error, such as a node that does not answer: take it as a refusal
  2  the command line makes no sense
  3  of decide: decided, and refused
`;

/** Commands to copy, as a section of a help text. */
export function examples(...commands: string[]): string {
  return ["", "Examples:", ...commands.map((command) => `  $ ${command}`)].join("\n");
}
