/** What every command takes. */
export interface GlobalOptions {
  rpc?: string;
  deployment?: string;
  json?: boolean;
}
